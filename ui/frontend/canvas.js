// The canvas: parties and hops one can touch. The server says what stands where; this draws it, keeps
// the view, and tells the server what was touched. Nothing moves unless a person moves it.

import { component, element, event, isDark, style } from "./dom.js";
import { hands } from "./hands.js";
import { boxes, labels, link, links, node, OPTIONS } from "./paint.js";
import { legend, save, toolbar } from "./tools.js";
import { DataSet, Network } from "./vendor/vis-network.min.mjs";

const views = new Map(); // what part of a picture was in view: survives leaving the page

function make(place, root) {
  style(root, "canvas.css");
  const canvas = {
    place,
    sheet: element("div", "sheet"),
    live: element("div", "aside"),
    legend: element("div", "legend"),
    nodes: new DataSet(),
    links: new DataSet(),
    scene: { nodes: [], links: [], boxes: [], route: [] },
    network: null,
  };
  canvas.live.setAttribute("aria-live", "polite");
  place.canvas = canvas; // for the console and for tests that look at what is drawn
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute(
    "aria-label",
    "Routes. Arrow keys walk along the route, Enter opens relations, Escape clears. The lists beside hold the same facts.",
  );
  place.replaceChildren(canvas.sheet, toolbar(canvas), canvas.legend, canvas.live);
  // Before the style sheet is there the sheet has no size, and no view could be framed in it.
  canvas.sized = new ResizeObserver(() => canvas.scene.key && begin(canvas));
  canvas.sized.observe(canvas.sheet);
  return canvas;
}

function update(canvas, scene) {
  const before = canvas.scene;
  canvas.scene = scene;
  paint(canvas);
  if (!canvas.network) return begin(canvas);
  if (before.key !== scene.key) show(canvas);
  else if (stands(before) !== stands(scene) && !canvas.pending) follow(canvas);
  select(canvas, scene.selected);
  if (scene.file && scene.file.n !== canvas.saved) {
    canvas.saved = scene.file.n;
    save(URL.createObjectURL(new Blob([scene.file.text], { type: "image/svg+xml" })), scene.file.name);
  }
}

// The route chosen and where it stands: another question may put the same route elsewhere.
function stands({ nodes, route }) {
  return nodes.filter((about) => route.includes(about.id)).map(({ id, x, y }) => `${id} ${x} ${y}`).join();
}

function begin(canvas) {
  if (canvas.network || !canvas.sheet.clientHeight) return;
  start(canvas);
  select(canvas, canvas.scene.selected);
}

function paint(canvas) {
  const { scene } = canvas;
  canvas.dark = isDark(canvas.place);
  canvas.paint = canvas.dark ? scene.palettes.dark : scene.palettes.light;
  canvas.byId = new Map(scene.nodes.map((about) => [about.id, about]));
  canvas.place.dataset.theme = canvas.dark ? "dark" : "light";
  for (const [name, colour] of Object.entries(canvas.paint)) canvas.place.style.setProperty(`--${name}`, colour);
  sync(canvas.nodes, scene.nodes.map((about) => moved(canvas, node(about, canvas))));
  sync(canvas.links, scene.links.map(link));
  legend(canvas);
  canvas.network?.redraw();
}

// A node that a person has moved stays where it was put.
function moved(canvas, drawn) {
  return { ...drawn, ...views.get(canvas.scene.key)?.places?.[drawn.id] };
}

// Only what differs is touched: what stays keeps its place, and the view its scale and centre.
function sync(set, rows) {
  const wanted = new Set(rows.map((row) => row.id));
  set.update(rows); // first: a removal draws at once, and every link drawn needs its two parties
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
}

function start(canvas) {
  canvas.network = new Network(canvas.sheet, { nodes: canvas.nodes, edges: canvas.links }, OPTIONS);
  canvas.network.on("beforeDrawing", (ctx) => {
    if (isDark(canvas.place) !== canvas.dark) setTimeout(() => paint(canvas));
    boxes(ctx, canvas.scene, canvas.paint);
    links(ctx, drawing(canvas));
  });
  canvas.network.on("afterDrawing", (ctx) => labels(ctx, drawing(canvas)));
  canvas.select = (chosen) => choose(canvas, chosen);
  canvas.act = (type, id) => {
    canvas.pending = null; // the server answers this event, not the selection before it
    canvas.send("action", event(type, { id }));
  };
  canvas.remember = (moved) => remember(canvas, moved);
  canvas.fit = () => frame(canvas, everything(canvas.scene), 0.3, 1.15);
  canvas.toRoute = () => frame(canvas, routeOf(canvas.scene), 0.6, 1.15);
  hands(canvas);
  show(canvas);
}

// vis-network draws while nodes come and go: a link whose ends are not both there waits for the next.
function drawing(canvas) {
  const there = ({ from, to }) => [from, to].every((id) => canvas.network.findNode(id).length);
  return {
    scene: { ...canvas.scene, links: canvas.scene.links.filter(there) },
    paint: canvas.paint,
    at: (id) => canvas.network.getPosition(id),
    touched: new Set([canvas.chosen?.link, canvas.hovered]),
  };
}

function show(canvas) {
  const view = views.get(canvas.scene.key);
  if (view) canvas.network.moveTo({ position: view.position, scale: view.scale });
  else canvas.toRoute();
}

const MARGIN = 25; // a party nearer to the edge is cut off

// A route chosen elsewhere comes into view; one that is in view moves nothing.
function follow(canvas) {
  const { clientWidth, clientHeight } = canvas.sheet;
  const seen = canvas.scene.route.every((id) => {
    const { x, y } = canvas.network.canvasToDOM(canvas.network.getPosition(id));
    return x > 0 && y > MARGIN && x < clientWidth && y < clientHeight - MARGIN;
  });
  if (seen) return;
  canvas.toRoute();
  canvas.remember();
}

function remember(canvas, moved = {}) {
  const before = views.get(canvas.scene.key);
  views.set(canvas.scene.key, {
    position: canvas.network.getViewPosition(),
    scale: canvas.network.getScale(),
    places: { ...before?.places, ...moved },
  });
}

function everything(scene) {
  return extent([...scene.boxes, ...scene.nodes.map((n) => ({ ...n, width: scene.width, height: scene.height }))]);
}

function routeOf(scene) {
  const on = new Set(scene.route);
  const parts = scene.nodes.filter((n) => on.has(n.id)).map((n) => ({ ...n, width: scene.width, height: scene.height }));
  return parts.length ? extent(parts) : everything(scene);
}

function extent(parts) {
  if (!parts.length) return { x: 0, y: 0, width: 1, height: 1 };
  const x = Math.min(...parts.map((p) => p.x));
  const y = Math.min(...parts.map((p) => p.y));
  return {
    x,
    y,
    width: Math.max(...parts.map((p) => p.x + p.width)) - x,
    height: Math.max(...parts.map((p) => p.y + p.height)) - y,
  };
}

function frame(canvas, box, least, most) {
  const { clientWidth, clientHeight } = canvas.sheet;
  const fits = Math.min(clientWidth / (box.width + 60), clientHeight / (box.height + 40));
  canvas.network.moveTo({
    position: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    scale: Math.min(Math.max(fits, least), most),
  });
}

// What a person selects is shown at once and told to the server; an older answer never undoes it.
function choose(canvas, chosen) {
  const same = JSON.stringify(chosen) === JSON.stringify(canvas.chosen);
  canvas.chosen = chosen;
  draw(canvas);
  if (same) return;
  canvas.pending = event("select", chosen);
  canvas.send("action", canvas.pending);
}

function select(canvas, selected) {
  const waiting = canvas.pending && canvas.pending.n !== selected.n;
  if (waiting && Date.now() - parseInt(canvas.pending.n, 10) < 3000) return;
  canvas.pending = null;
  canvas.chosen = { nodes: selected.nodes, link: selected.link };
  draw(canvas);
}

function draw(canvas) {
  const { nodes, link: chosen } = canvas.chosen;
  canvas.network.setSelection(
    { nodes: nodes.filter((id) => canvas.nodes.get(id)), edges: chosen && canvas.links.get(chosen) ? [chosen] : [] },
    { unselectAll: true, highlightEdges: false },
  );
  const first = canvas.byId.get(nodes[0]);
  const said = nodes.length > 1 ? `${nodes.length} selected` : first?.title ?? "";
  if (canvas.live.textContent !== said) canvas.live.textContent = said;
}

export default component(".canvas", make, update, (canvas) => {
  canvas.sized.disconnect();
  canvas.network?.destroy();
});
