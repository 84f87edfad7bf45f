// How parties and hops look. Colours come with the data, so that page, file and picture agree.

const FONT = "'Source Sans', system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const DIMMED = 0.42;

// A node of vis-network that draws itself: `about` is one node of the scene. vis-network keeps the
// first renderer it is given, so the renderer looks up what the node is by now.
export function node(about, canvas) {
  const { width, height } = canvas.scene;
  return {
    id: about.id,
    x: about.x + width / 2,
    y: about.y + height / 2,
    shape: "custom",
    ctxRenderer: ({ ctx, id, x, y, state }) => ({
      drawNode: () => drawNode(ctx, x - width / 2, y - height / 2, canvas.byId.get(id) ?? about, canvas.scene, canvas.paint, state),
      nodeDimensions: { width, height },
    }),
  };
}

function drawNode(ctx, x, y, about, scene, paint, state) {
  const { width, height } = scene;
  const clear = about.chosen || about.aside || state.selected || state.hover || !scene.route.length;
  ctx.save();
  cover(ctx, x, y, width, height, about, paint);
  ctx.globalAlpha = clear ? 1 : 0.62;
  frame(ctx, x, y, width, height, about, paint, state);
  name(ctx, x, y, width, height, about, paint);
  if (about.restricted) warning(ctx, x + width, y, paint);
  ctx.restore();
}

const rounding = (about, height) => (about.aside ? height / 2 : 5);

// No line shows through a node, however faint the node is drawn.
function cover(ctx, x, y, width, height, about, paint) {
  ctx.fillStyle = about.chosen ? paint.chosen_fill : paint.node;
  path(ctx, x, y, width, height, rounding(about, height));
  ctx.fill();
}

function frame(ctx, x, y, width, height, about, paint, state) {
  const line = about.chosen ? paint.chosen : paint.node_line;
  const round = rounding(about, height);
  ctx.strokeStyle = state.selected ? paint.documented : line;
  ctx.lineWidth = state.selected ? 3 : about.chosen ? 2 : state.hover ? 1.8 : 1;
  ctx.setLineDash(about.kind === "Unnamed" ? [2, 3] : []);
  path(ctx, x, y, width, height, round);
  ctx.stroke();
  if (about.kind === "Group" || about.kind === "Several") {
    ctx.lineWidth = 1;
    path(ctx, x + 3, y + 3, width - 6, height - 6, Math.max(round - 3, 2));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function path(ctx, x, y, width, height, round) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, round);
}

function name(ctx, x, y, width, height, about, paint) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.direction = "ltr";
  ctx.fillStyle = paint.ink;
  ctx.font = `${about.chosen ? 600 : 400} 13px ${FONT}`;
  ctx.fillText(fitted(ctx, about.label, width - 20), x + width / 2, y + height / 2 - (about.note ? 6 : 0));
  if (!about.note) return;
  ctx.fillStyle = about.chosen ? paint.chosen : paint.faint;
  ctx.font = `400 11px ${FONT}`;
  ctx.fillText(fitted(ctx, about.note, width - 16), x + width / 2, y + height / 2 + 8);
}

function fitted(ctx, text, most) {
  if (ctx.measureText(text).width <= most) return text;
  let end = text.length;
  while (end > 1 && ctx.measureText(`${text.slice(0, end)}…`).width > most) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

// A triangle with a mark: told apart by shape, not by colour alone.
function warning(ctx, x, y, paint) {
  ctx.beginPath();
  ctx.moveTo(x - 9, y + 7);
  ctx.lineTo(x, y - 9);
  ctx.lineTo(x + 9, y + 7);
  ctx.closePath();
  ctx.fillStyle = paint.warn;
  ctx.strokeStyle = paint.ground;
  ctx.lineWidth = 1;
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = paint.ground;
  ctx.font = `700 10px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText("!", x, y + 2.5);
}

// vis-network knows the links for pointing at them; they are drawn here, so that every hop leaves its
// party on the right and arrives on the left, as in the file.
export function link(about) {
  return { id: about.id, from: about.from, to: about.to };
}

// Documented hops are solid with a filled head, possible ones dashed with an open head; relations
// beside the routes are dotted and have none.
const DASHES = { documented: [], possible: [7, 5], relation: [1, 4] };

export function links(ctx, { scene, paint, at, touched }) {
  const last = (about) => (about.chosen ? 1 : 0);
  for (const about of [...scene.links].sort((a, b) => last(a) - last(b))) {
    const curve = course(about, scene, at);
    const bold = touched?.has(about.id);
    ctx.save();
    ctx.globalAlpha = about.chosen || bold || about.basis === "relation" || !scene.route.length ? 1 : DIMMED;
    ctx.strokeStyle = ctx.fillStyle = colour(about, paint);
    ctx.lineCap = about.basis === "relation" ? "round" : "butt";
    if (about.law === "opened") band(ctx, curve, about);
    ctx.lineWidth = about.width + (bold ? 1.4 : 0);
    ctx.setLineDash(DASHES[about.basis]);
    ctx.beginPath();
    ctx.moveTo(curve.x1, curve.y1);
    trace(ctx, curve, about);
    ctx.stroke();
    if (about.basis !== "relation") head(ctx, curve, about);
    if (about.law === "barred") cross(ctx, curve, about, paint);
    ctx.restore();
  }
}

// What the law made of a hop goes before being on the route chosen, which thickness tells too.
function colour(about, paint) {
  return paint[about.law || (about.chosen ? "chosen" : about.basis)];
}

// Below a hop that became lawful lies a broad band: told apart by shape, whatever the dashes say.
function band(ctx, curve, about) {
  ctx.save();
  ctx.globalAlpha *= 0.3;
  ctx.lineWidth = about.width + 7;
  ctx.beginPath();
  ctx.moveTo(curve.x1, curve.y1);
  trace(ctx, curve, about);
  ctx.stroke();
  ctx.restore();
}

// On a prohibited hop stands a cross, where it comes near its target and no label stands.
function cross(ctx, { x1, y1, x2, y2, bend }, { bends = [], width }, paint) {
  const [fromX, fromY] = bends.length ? bends.at(-1).slice(1) : [x1, y1];
  const pull = bends.length ? Math.max(24, (x2 - fromX) * 0.45) : bend;
  const at = (a, b, c, d) => 0.001 * a + 0.027 * b + 0.243 * c + 0.729 * d; // the curve at nine tenths
  const [x, y] = [at(fromX, fromX + pull, x2 - pull, x2), at(fromY, fromY, y2, y2)];
  const size = 4 + width / 2;
  ctx.setLineDash([]);
  for (const [line, ink] of [[width + 4.5, paint.ground], [width + 0.6, paint.barred]]) {
    ctx.lineWidth = line;
    ctx.strokeStyle = ink;
    ctx.beginPath();
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x - size, y + size);
    ctx.lineTo(x + size, y - size);
    ctx.stroke();
  }
}

// One curve, or curves from lane to lane where the hop passes between other parties.
function trace(ctx, { x1, y1, x2, y2, bend }, { bends = [] }) {
  let [x, y] = [x1, y1];
  for (const [left, right, lane] of [...bends, [x2, x2, y2]]) {
    const pull = bends.length ? Math.max(24, (left - x) * 0.45) : bend;
    ctx.bezierCurveTo(x + pull, y, left - pull, lane, left, lane);
    if (right > left) ctx.lineTo(right, lane);
    [x, y] = [right, lane];
  }
}

function course(about, { width }, at) {
  const [from, to] = [at(about.from), at(about.to)];
  if (about.basis === "relation") return { x1: from.x, y1: from.y, x2: to.x, y2: to.y, bend: 0 };
  const [x1, x2] = [from.x + width / 2, to.x - width / 2];
  return { x1, y1: from.y, x2, y2: to.y, bend: Math.max(60, Math.abs(x2 - x1) * 0.45) };
}

function head(ctx, { x2, y2 }, about) {
  const size = 5 + about.width;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x2 - size * 1.6, y2 - size * 0.8);
  ctx.lineTo(x2, y2);
  ctx.lineTo(x2 - size * 1.6, y2 + size * 0.8);
  if (about.basis === "documented") ctx.fill();
  else ctx.stroke();
}

// What the hops of the route chosen are, on a ground of their own so that no line runs through them.
export function labels(ctx, { scene, paint, at }) {
  for (const about of scene.links.filter((one) => one.chosen && one.label)) {
    const curve = course(about, scene, at);
    const [x1, y1] = [curve.x1, curve.y1];
    const [[x2, , y2]] = [...(about.bends ?? []), [curve.x2, 0, curve.y2]]; // in the first gap, never on a party passed by
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    ctx.save();
    ctx.font = `400 12px ${FONT}`;
    const air = about.law === "barred" ? 64 : 40; // the hop stays in sight on both sides, and so does its cross
    const words = fitted(ctx, about.label, Math.max(x2 - x1 - air, 40));
    const width = ctx.measureText(words).width + 12;
    ctx.fillStyle = paint.ground;
    ctx.strokeStyle = colour(about, paint);
    ctx.lineWidth = 0.8;
    path(ctx, x - width / 2, y - 10, width, 20, 4);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = paint.ink;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(words, x, y + 0.5);
    ctx.restore();
  }
}

export function boxes(ctx, scene, paint) {
  ctx.save();
  for (const box of scene.boxes) {
    ctx.fillStyle = paint.box;
    ctx.strokeStyle = paint.box_line;
    ctx.lineWidth = 1;
    path(ctx, box.x, box.y, box.width, box.height, 6);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = paint.faint;
    ctx.font = `600 11.5px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillText(fitted(ctx, box.label, box.width - 16), box.x + 9, box.y + 12);
  }
  ctx.restore();
}

const UNSEEN = "rgba(0,0,0,0)";
export const OPTIONS = {
  physics: { enabled: false },
  layout: { improvedLayout: false },
  autoResize: true,
  nodes: { shape: "custom" },
  edges: {
    color: { color: UNSEEN, highlight: UNSEEN, hover: UNSEEN, inherit: false },
    width: 8, // easier to point at than what is drawn
    smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 },
  },
  interaction: { hover: true, multiselect: true, keyboard: false, selectConnectedEdges: false, hoverConnectedEdges: false },
};
