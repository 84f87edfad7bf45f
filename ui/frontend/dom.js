// Small pieces that every component uses. Text from data only ever becomes text content.

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// A button that says in words what it does.
export function button(text, label, onClick) {
  const made = element("button", "", text);
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", onClick);
  return made;
}

// The component's own style sheet, once in its shadow root.
export function style(root, name) {
  const href = new URL(name, import.meta.url).href;
  if (root.querySelector(`link[href="${href}"]`)) return;
  const link = element("link");
  link.rel = "stylesheet";
  link.href = href;
  root.prepend(link);
}

// Streamlit calls a component again whenever its data changes: `make` runs once for a mounted place,
// `update` every time. A place that has left the page is let go.
export function component(selector, make, update, letGo = () => {}) {
  const live = new WeakMap();
  return (given) => {
    const place = given.parentElement.querySelector(selector);
    let instance = live.get(place);
    if (!instance) {
      instance = make(place, given.parentElement);
      live.set(place, instance);
    }
    instance.send = given.setTriggerValue;
    update(instance, given.data);
    return () => {
      if (place.isConnected) return;
      live.delete(place);
      letGo(instance);
    };
  };
}

let counter = 0;
// Every event carries its own number, so that the server handles it once.
export function event(type, rest = {}) {
  counter += 1;
  return { type, ...rest, n: `${Date.now()}-${counter}` };
}

export function isDark(place) {
  const colour = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour || "#ffffff";
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(probe.fillStyle.slice(at, at + 2), 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}
