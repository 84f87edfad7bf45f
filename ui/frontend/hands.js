// What hands do on the canvas: click, double-click, drag, rectangle, menu, keys.

import { button, element } from "./dom.js";

const MENU = [
  ["expand", "Open relations"],
  ["via", "Only routes via here"],
  ["avoid", "Avoid in routes"],
  ["entity", "Open its page"],
];

export function hands(canvas) {
  pointer(canvas);
  tips(canvas);
  rectangle(canvas);
  menu(canvas);
  wheel(canvas);
  canvas.place.addEventListener("keydown", (pressed) => key(canvas, pressed));
}

function pointer(canvas) {
  const { network } = canvas;
  network.on("click", (at) => {
    canvas.place.focus({ preventScroll: true });
    const link = at.nodes.length ? "" : at.edges[0] ?? "";
    canvas.select({ nodes: at.nodes, link });
  });
  network.on("doubleClick", (at) => at.nodes.length && canvas.act("expand", at.nodes[0]));
  network.on("dragEnd", (at) => {
    if (at.nodes.length) canvas.select({ nodes: network.getSelectedNodes(), link: "" });
    canvas.remember(at.nodes.length ? network.getPositions(at.nodes) : {});
  });
  network.on("zoom", () => canvas.remember());
}

// Names in full and what is known in short, beside what is pointed at and never over it.
function tips(canvas) {
  const { network, place, sheet } = canvas;
  const tip = element("div", "tip");
  place.append(tip);
  const hide = () => { tip.style.display = "none"; };
  const show = (about, { x, y }) => {
    if (!about) return;
    tip.textContent = about.title;
    tip.style.display = "block";
    const left = x + 18 + tip.offsetWidth > place.clientWidth ? x - tip.offsetWidth - 14 : x + 18;
    const top = Math.min(y + 16, canvas.sheet.clientHeight - tip.offsetHeight - 8);
    Object.assign(tip.style, { left: `${Math.max(left, 4)}px`, top: `${Math.max(top, 4)}px` });
  };
  network.on("hoverNode", (at) => show(canvas.byId.get(at.node), at.pointer.DOM));
  network.on("hoverEdge", (at) => show(canvas.scene.links.find((link) => link.id === at.edge), at.pointer.DOM));
  network.on("hoverEdge", (at) => { canvas.hovered = at.edge; network.redraw(); });
  network.on("blurEdge", () => { canvas.hovered = ""; network.redraw(); });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom", "click", "oncontext"]) network.on(name, hide);
  sheet.addEventListener("pointerleave", hide);
}

// The wheel scrolls the page until the canvas has been touched: nobody gets caught while reading.
function wheel(canvas) {
  canvas.sheet.addEventListener(
    "wheel",
    (turned) => {
      const active = canvas.place.matches(":focus-within") || turned.ctrlKey || turned.metaKey;
      if (!active) turned.stopPropagation();
    },
    { capture: true, passive: true },
  );
}

function rectangle(canvas) {
  const { sheet, network, place } = canvas;
  const band = element("div", "band");
  place.append(band);
  let from = null;
  const at = (moved) => {
    const frame = sheet.getBoundingClientRect();
    return { x: moved.clientX - frame.left, y: moved.clientY - frame.top };
  };
  const selecting = (moved) => canvas.boxing || moved.shiftKey;
  sheet.addEventListener("pointerdown", (down) => {
    if (!selecting(down)) return;
    from = at(down);
    sheet.setPointerCapture(down.pointerId); // the end is heard wherever the hand lets go
    down.stopPropagation();
  }, true);
  sheet.addEventListener("pointermove", (move) => {
    if (!from) return;
    const to = at(move);
    move.stopPropagation();
    Object.assign(band.style, {
      display: "block",
      left: `${Math.min(from.x, to.x)}px`,
      top: `${Math.min(from.y, to.y)}px`,
      width: `${Math.abs(from.x - to.x)}px`,
      height: `${Math.abs(from.y - to.y)}px`,
    });
  }, true);
  const end = (up) => {
    if (!from) return;
    const [one, other] = [network.DOMtoCanvas(from), network.DOMtoCanvas(at(up))];
    from = null;
    band.style.display = "none";
    up.stopPropagation();
    canvas.select({ nodes: inside(network, one, other), link: "" });
  };
  sheet.addEventListener("pointerup", end, true);
}

function inside(network, one, other) {
  const between = (value, a, b) => value >= Math.min(a, b) && value <= Math.max(a, b);
  return Object.entries(network.getPositions())
    .filter(([, p]) => between(p.x, one.x, other.x) && between(p.y, one.y, other.y))
    .map(([id]) => id)
    .sort();
}

function menu(canvas) {
  const { network, place } = canvas;
  const list = element("div", "menu");
  list.setAttribute("role", "menu");
  const close = () => { list.style.display = "none"; };
  place.append(list);
  network.on("click", close);
  network.on("oncontext", (asked) => {
    asked.event.preventDefault();
    const id = network.getNodeAt(asked.pointer.DOM);
    if (id === undefined) return close();
    list.replaceChildren(...MENU.filter(([type]) => canvas.byId.get(id)?.menu.includes(type)).map(([type, text]) =>
      button(text, text, () => { close(); canvas.act(type, id); })));
    const { x, y } = asked.pointer.DOM;
    Object.assign(list.style, {
      display: "block",
      left: `${Math.min(x, place.clientWidth - 190)}px`,
      top: `${Math.min(y, canvas.sheet.clientHeight - 120)}px`,
    });
    list.firstChild?.focus();
  });
  place.addEventListener("keydown", (pressed) => pressed.key === "Escape" && close());
}

const KEYS = {
  ArrowRight: (canvas, at) => along(canvas, at, 1),
  ArrowLeft: (canvas, at) => along(canvas, at, -1),
  ArrowDown: (canvas, at) => across(canvas, at, 1),
  ArrowUp: (canvas, at) => across(canvas, at, -1),
};

function key(canvas, pressed) {
  const at = canvas.chosen?.nodes[0];
  if (pressed.target !== canvas.place) return;
  if (pressed.key in KEYS) step(canvas, KEYS[pressed.key](canvas, at));
  else if (pressed.key === "Enter" && at) canvas.act("expand", at);
  else if (pressed.key === "Escape") canvas.select({ nodes: [], link: "" });
  else if (pressed.key === "+" || pressed.key === "-") zoom(canvas, pressed.key === "+" ? 1.25 : 0.8);
  else return;
  pressed.preventDefault();
  pressed.stopPropagation();
}

export function zoom(canvas, factor) {
  canvas.network.moveTo({ scale: Math.min(Math.max(canvas.network.getScale() * factor, 0.15), 3) });
  canvas.remember();
}

function step(canvas, id) {
  if (id === undefined) return;
  canvas.select({ nodes: [id], link: "" });
  const { x, y } = canvas.network.canvasToDOM(canvas.network.getPosition(id));
  const { clientWidth, clientHeight } = canvas.sheet;
  if (x > 100 && y > 40 && x < clientWidth - 100 && y < clientHeight - 40) return;
  canvas.network.moveTo({ position: canvas.network.getPosition(id) });
  canvas.remember();
}

// To the next party of the route; off the route, to the nearest party that is joined on that side.
function along(canvas, at, way) {
  const { route } = canvas.scene;
  if (at === undefined) return route[0] ?? canvas.scene.nodes[0]?.id;
  const place = route.indexOf(at);
  if (place >= 0 && route[place + way]) return route[place + way];
  const places = canvas.network.getPositions();
  return nearest(
    canvas.network.getConnectedNodes(at).filter((id) => (places[id].x - places[at].x) * way > 0),
    (id) => Math.abs(places[id].y - places[at].y),
  );
}

function across(canvas, at, way) {
  if (at === undefined) return along(canvas, at, 1);
  const places = canvas.network.getPositions();
  return nearest(
    Object.keys(places).filter((id) => Math.abs(places[id].x - places[at].x) < 40 && (places[id].y - places[at].y) * way > 0),
    (id) => Math.abs(places[id].y - places[at].y),
  );
}

function nearest(ids, distance) {
  return ids.sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1))[0];
}
