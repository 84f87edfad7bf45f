// The ends of a question: four boxes that search as one types and hold what was chosen. The server
// searches; a browser never holds a million names. Follows the combobox pattern of WAI-ARIA.

import { button, component, element, event, style } from "./dom.js";

const PAUSE = 120; // ms without a key before the server is asked

function make(place, root) {
  style(root, "asker.css");
  const asker = { place, fields: new Map() };
  return asker;
}

function update(asker, data) {
  for (const field of data.fields) {
    if (!asker.fields.has(field.name)) asker.fields.set(field.name, box(asker, field));
    show(asker, asker.fields.get(field.name), field, data.found);
  }
}

function box(asker, { name, label, hint }) {
  const made = {
    name,
    whole: element("div", "field"),
    chips: element("div", "chips"),
    input: element("input"),
    list: element("div", "list"),
    chosen: [],
    hits: [],
    at: -1,
  };
  const caption = element("label", "label", label);
  caption.htmlFor = made.input.id = `ask-${name}`;
  made.list.id = `found-${name}`;
  made.list.setAttribute("role", "listbox");
  made.input.autocomplete = "off";
  made.input.spellcheck = false;
  made.input.dataset.hint = hint;
  for (const [key, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": made.list.id, "aria-autocomplete": "list" })) made.input.setAttribute(key, value);
  made.chips.append(made.input);
  made.chips.addEventListener("click", (at) => at.target.closest("button") || made.input.focus());
  made.whole.append(caption, made.chips, made.list);
  made.input.addEventListener("input", () => ask(asker, made));
  made.input.addEventListener("focus", () => ask(asker, made));
  made.input.addEventListener("blur", () => setTimeout(() => close(made), 150));
  made.input.addEventListener("keydown", (pressed) => key(asker, made, pressed));
  asker.place.append(made.whole);
  return made;
}

function show(asker, made, field, found) {
  if (made.pending === undefined || made.pending === field.chosen.map((one) => one.id).join()) {
    made.pending = undefined;
    made.chosen = field.chosen;
    chips(asker, made);
  }
  if (found?.field === made.name && found.text === made.input.value && focused(made)) hits(asker, made, found.hits);
}

function focused(made) {
  return made.input.matches(":focus");
}

function chips(asker, made) {
  made.chips.querySelectorAll(".chip").forEach((chip) => chip.remove());
  for (const one of made.chosen) {
    const chip = element("span", "chip");
    const name = element("bdi", "", one.name);
    chip.title = one.title;
    chip.append(name, button("×", `Take ${one.name} out`, () => choose(asker, made, made.chosen.filter((other) => other.id !== one.id))));
    made.chips.insertBefore(chip, made.input);
  }
  made.input.placeholder = made.chosen.length ? "" : made.input.dataset.hint;
}

function ask(asker, made) {
  clearTimeout(made.timer);
  made.timer = setTimeout(() => asker.send("action", event("search", { field: made.name, text: made.input.value })), PAUSE);
}

function hits(asker, made, found) {
  made.hits = found.filter((hit) => !made.chosen.some((one) => one.id === hit.id));
  made.list.replaceChildren(...made.hits.map((hit, at) => option(asker, made, hit, at)));
  if (!made.hits.length) made.list.append(element("div", "none", made.input.value ? "Nothing found: try a shorter or another spelling." : "Type a name, a code, a registration …"));
  made.list.classList.add("open");
  made.input.setAttribute("aria-expanded", "true");
  point(made, made.hits.length && made.input.value ? 0 : -1);
}

function option(asker, made, hit, at) {
  const row = element("div", "option");
  row.id = `${made.list.id}-${at}`;
  row.setAttribute("role", "option");
  row.append(element("bdi", "name", hit.name), element("span", "about", hit.about));
  row.addEventListener("pointerdown", (down) => {
    down.preventDefault();
    take(asker, made, hit);
  });
  return row;
}

function point(made, at) {
  made.at = at;
  [...made.list.querySelectorAll(".option")].forEach((row, place) => {
    row.setAttribute("aria-selected", String(place === at));
    if (place === at) row.scrollIntoView({ block: "nearest" });
  });
  made.input.setAttribute("aria-activedescendant", at < 0 ? "" : `${made.list.id}-${at}`);
}

function take(asker, made, hit) {
  made.input.value = "";
  close(made);
  choose(asker, made, [...made.chosen, { id: hit.id, name: hit.name, title: hit.about }]);
}

function choose(asker, made, chosen) {
  made.chosen = chosen;
  made.pending = chosen.map((one) => one.id).join();
  chips(asker, made);
  asker.send("action", event("choose", { field: made.name, ids: chosen.map((one) => one.id) }));
}

function close(made) {
  made.list.classList.remove("open");
  made.input.setAttribute("aria-expanded", "false");
  made.at = -1;
}

function key(asker, made, pressed) {
  const open = made.list.classList.contains("open");
  const acts = {
    ArrowDown: () => (open ? point(made, Math.min(made.at + 1, made.hits.length - 1)) : ask(asker, made)),
    ArrowUp: () => open && point(made, Math.max(made.at - 1, 0)),
    Enter: () => open && made.hits[made.at] && take(asker, made, made.hits[made.at]),
    Escape: () => close(made),
    Backspace: () => !made.input.value && made.chosen.length && choose(asker, made, made.chosen.slice(0, -1)),
  };
  pressed.stopPropagation();
  if (!(pressed.key in acts)) return;
  if (pressed.key !== "Backspace") pressed.preventDefault();
  acts[pressed.key]();
}

export default component(".asker", make, update);
