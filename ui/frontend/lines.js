// The list of lines: one of them is chosen. Arrow keys move, as in any list box.

import { component, element, event, style } from "./dom.js";

function make(place, root) {
  style(root, "lines.css");
  place.tabIndex = 0;
  place.setAttribute("role", "listbox");
  place.setAttribute("aria-label", "Routes found, the likeliest first");
  const list = { place, rows: [], chosen: "" };
  place.addEventListener("keydown", (pressed) => key(list, pressed));
  return list;
}

function update(list, data) {
  const before = list.rows.map((row) => row.dataset.id).join();
  list.rows = data.lines.map((line) => row(list, line));
  list.place.replaceChildren(...data.sections.flatMap((section) => [
    heading(section),
    ...list.rows.filter((made) => made.dataset.basis === section.basis),
  ]));
  if (!list.pending || list.pending === data.chosen) list.pending = "";
  mark(list, list.pending || data.chosen);
  if (before !== list.rows.map((made) => made.dataset.id).join() || list.shown !== data.chosen) {
    list.rows.find((made) => made.dataset.id === list.chosen)?.scrollIntoView({ block: "nearest" });
    list.shown = data.chosen;
  }
}

function heading(section) {
  const made = element("div", "heading", section.title);
  made.setAttribute("role", "presentation");
  return made;
}

function row(list, line) {
  const made = element("div", `row ${line.basis}${line.faded ? " faded" : ""}`);
  made.dataset.id = line.id;
  made.dataset.basis = line.basis;
  made.id = `line-${line.id}`;
  made.title = line.title;
  made.setAttribute("role", "option");
  const chain = element("div", "chain");
  line.parties.forEach((party, at) => {
    if (at) chain.append(arrow(line.hops[at - 1], line.law[at - 1]));
    const name = element("bdi", "party", party.name);
    if (party.more) name.append(element("b", "more", ` +${party.more}`));
    chain.append(name);
  });
  for (const mark of line.marks) chain.append(element("span", "mark", mark));
  const note = element("div", "note");
  note.append(element("span", "how", line.how), element("span", "cost", line.cost));
  made.append(chain, note);
  made.addEventListener("click", () => pick(list, line.id));
  return made;
}

const LAW = { opened: "became lawful", barred: "prohibited" };

function arrow(basis, law) {
  const made = element("span", `arrow ${basis} ${law ?? ""}`);
  if (law) made.title = LAW[law];
  return made;
}

function mark(list, id) {
  list.chosen = id;
  for (const made of list.rows) made.setAttribute("aria-selected", String(made.dataset.id === id));
  list.place.setAttribute("aria-activedescendant", `line-${id}`);
}

function pick(list, id) {
  if (id === list.chosen) return;
  list.pending = id;
  mark(list, id);
  list.rows.find((made) => made.dataset.id === id)?.scrollIntoView({ block: "nearest" });
  list.send("action", event("choose", { id }));
}

function key(list, pressed) {
  const ordered = [...list.place.querySelectorAll(".row")];
  const at = ordered.findIndex((made) => made.dataset.id === list.chosen);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ordered.length - 1 }[pressed.key];
  if (to === undefined) return;
  pressed.preventDefault();
  pressed.stopPropagation();
  if (ordered[to]) pick(list, ordered[to].dataset.id);
}

export default component(".lines", make, update);
