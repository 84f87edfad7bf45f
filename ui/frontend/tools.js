// The toolbar and the legend of the canvas.

import { button, element } from "./dom.js";
import { zoom } from "./hands.js";
import { boxes, labels, links, OPTIONS } from "./paint.js";
import { Network } from "./vendor/vis-network.min.mjs";

export function toolbar(canvas) {
  const bar = element("div", "bar");
  const select = button("Select", "Drag a rectangle to select parties (or hold Shift)", () => {
    canvas.boxing = !canvas.boxing;
    select.setAttribute("aria-pressed", String(canvas.boxing));
    canvas.network.setOptions({ interaction: { dragView: !canvas.boxing } });
  });
  select.setAttribute("aria-pressed", "false");
  bar.append(
    button("Route", "Zoom to the route chosen", () => { canvas.toRoute(); canvas.remember(); }),
    button("All", "Show everything", () => { canvas.fit(); canvas.remember(); }),
    button("+", "Zoom in", () => zoom(canvas, 1.25)),
    button("−", "Zoom out", () => zoom(canvas, 0.8)),
    select,
    button("PNG", "Save the whole picture as PNG", () => savePng(canvas)),
    button("SVG", "Save the whole picture as SVG", () => canvas.act("svg", "")),
  );
  return bar;
}

const LEGEND = [
  ["line documented", "documented", "a source says so"],
  ["line possible", "possible", "inferred: nobody reports it"],
  ["line relation", "relation", "stands beside a route, nothing travels on it"],
  ["line chosen", "route chosen", "the line chosen in the list"],
  ["mark warn", "restricted", "a listing or order was in force on the day"],
  ["mark group", "group", "reported together, or many relations of one kind"],
  ["mark unnamed", "not named", "the source does not name this party"],
];

const LAW = [
  ["line opened", "became lawful", "the measures made this hop lawful"],
  ["line barred", "prohibited", "here the route turns unlawful"],
];

// What the picture holds decides what is explained: the law first, where it is told.
export function legend(canvas) {
  const law = canvas.scene.links.some((link) => link.law);
  const told = law ? [...LAW, ...LEGEND] : LEGEND;
  canvas.legend.replaceChildren(...told.map(([look, words, meaning]) => {
    const entry = element("span", "entry");
    entry.title = meaning;
    entry.append(element("i", look), words);
    return entry;
  }));
}

const SCALE = 2;

// The whole picture, not only what is in view, at twice its size.
function savePng(canvas) {
  const { scene, paint } = canvas;
  const host = element("div");
  const [width, height] = [scene.extent.width, scene.extent.height];
  host.style.cssText = `position:fixed;left:-99999px;top:0;width:${SCALE * width}px;height:${SCALE * height}px`;
  canvas.place.append(host);
  const nodes = canvas.nodes.get().map((row) => ({ ...row, ...canvas.network.getPosition(row.id) }));
  const copy = new Network(host, { nodes, edges: canvas.links.get() }, { ...OPTIONS, interaction: { dragView: false } });
  const drawing = { scene, paint, at: (id) => copy.getPosition(id) };
  copy.on("beforeDrawing", (ctx) => {
    ctx.fillStyle = paint.ground;
    ctx.fillRect(scene.extent.x, scene.extent.y, width, height);
    boxes(ctx, scene, paint);
    links(ctx, drawing);
  });
  copy.on("afterDrawing", (ctx) => labels(ctx, drawing));
  copy.moveTo({ position: { x: scene.extent.x + width / 2, y: scene.extent.y + height / 2 }, scale: SCALE });
  copy.redraw();
  const drawn = host.querySelector("canvas");
  const large = element("canvas");
  [large.width, large.height] = [drawn.width, drawn.height];
  large.getContext("2d").drawImage(drawn, 0, 0);
  save(large.toDataURL("image/png"), `${scene.key}.png`);
  copy.destroy();
  host.remove();
}

export function save(href, name) {
  const link = element("a");
  link.href = href;
  link.download = name;
  link.click();
}
