// What is the answer now, beside that of the file?

import { button, byId, el, fill, notice, say, sections, sentence, soft, table } from "./dom.js";
import { explain } from "./inputs.js";
import { state, unset } from "./state.js";
import { words } from "./words.js";

/** The fullest answer there is of each figure: years where they are known. */
const fullest = (answers) => answers?.year ?? answers?.averages;

const chosen = (answer) => answer?.options.find((option) => option.chosen) ?? answer?.options[0];
const figure = (option, heading) => option?.figures.find((one) => one.heading === heading);

/** Which way a figure moved, for the eye and for the ear. */
function moved(now, file) {
  if (!file || now.text === file.text || now.number === null || file.number === null) return null;
  const up = now.number > file.number;
  return el("span", { class: "moved" }, el("span", { "aria-hidden": "true" }, up ? "▲" : "▼"), el("span", { class: "unseen" }, up ? words.more_than : words.less_than), ` ${file.text}`);
}

/** A figure that tells where it comes from. */
function shown(one, file) {
  if (!one.key) return one.text;
  const mark = one.within === null ? null : el("span", { class: one.within ? "within" : "over" }, ` ${one.within ? words.within : words.over}`);
  const asks = one.within === null ? words.figure : one.within ? words.figure_within : words.figure_over;
  return [button(one.text, () => explain(one.key), { class: "figure", "aria-haspopup": "dialog", "aria-label": fill(asks, one) }), mark, moved(one, file)];
}

/** The sentence of the moment: the file's figure and the one now. */
function headline(now, file) {
  const option = chosen(now);
  const value = option?.figures[0];
  const average = option?.figures[1];
  if (!option || !value) return;
  const main = option.id === "today" ? average : value;
  const before = file?.options.find((one) => one.id === option.id);
  const was = figure(before, main.heading);
  const line = el("p", { class: "headline" }, el("span", { class: "what" }, `${main.heading}, ${option.name}`), el("span", { class: "big" }, fill(words.amount, { currency: now.currency, amount: main.text })));
  const changed = state.changes.length > 0;
  if (changed && was) line.append(el("span", { class: "your" }, was.text === main.text ? words.as_in_case : fill(words.your_case, { was: was.text, now: main.text })));
  const other = file && chosen(file);
  if (changed && other && other.id !== option.id) line.append(el("span", { class: "flips" }, fill(words.flips, { old: other.name, new: option.name })));
  byId("headline").replaceChildren(line);
  return fill(changed && was ? words.spoken_changed : words.spoken, { option: option.name, heading: main.heading, now: main.text, was: was?.text });
}

function options(now, file) {
  const columns = now.options.find((option) => option.id !== "today")?.figures ?? now.options[0].figures;
  const head = [el("th", { scope: "col" }, words.option), ...columns.map((one) => el("th", { scope: "col", class: "n" }, soft(one.heading)))];
  const rows = now.options.map((option) => {
    const before = file?.options.find((one) => one.id === option.id);
    const cell = (column) => {
      const one = figure(option, column.heading);
      return el("td", { class: "n" }, one ? shown(one, figure(before, column.heading)) : "–");
    };
    return el("tr", { class: option.chosen ? "chosen" : false }, el("th", { scope: "row" }, soft(option.name)), columns.map(cell));
  });
  byId("options").replaceChildren(table(words.options, head, rows), el("p", { class: "quiet" }, `${fill(words.in_units, now)} ${state.changes.length ? words.press_moved : words.press}`));
}

let told = "";

export function answer({ current }) {
  const now = fullest(state.now);
  if (!now) return;
  const file = fullest(state.now.year ? { year: state.base.year ?? null, averages: state.base.averages } : state.base);
  byId("title").textContent = now.title;
  document.title = `${now.title} · rosi explore`;
  const line = headline(now, file);
  options(now, file);
  byId("sentences").replaceChildren(...now.answer.map((text) => sentence(text)));
  byId("caution").hidden = now.caution.length + now.warnings.length === 0;
  byId("caution").lastElementChild.replaceChildren(
    ...now.caution.map((text) => sentence(text)),
    el("ul", {}, now.warnings.map((warning) => el("li", {}, warning.said))),
  );
  byId("run").textContent = now.run;
  pictures();
  if (state.now.year) {
    const open = new Set([...document.querySelectorAll("#sections details[open] > summary")].map((one) => one.textContent));
    byId("sections").replaceChildren(...state.now.year.sections.map((section) => el("details", { open: open.has(section.title) }, el("summary", {}, section.title), sections([section]))));
  }
  document.body.dataset.state = current ? "current" : "behind";
  if (current && line !== told && line) say(told = line);
}

const drawn = new Map();

/** The pictures, as the papers have them; each with its figures. */
function pictures() {
  const stages = [state.now.sensitivity, state.now.year, state.now.averages];
  const order = ["chance-of-losing-more", "cumulative-position", "today-and-plan", "tornado", "loss-by-risk"];
  const found = new Map();
  for (const stage of stages) for (const chart of stage?.charts ?? []) if (!found.has(chart.id)) found.set(chart.id, chart);
  const nodes = order.map((id) => {
    const chart = found.get(id);
    const known = drawn.get(id);
    if (!chart) {
      known?.node.classList.add("old");
      return known?.node;
    }
    if (known?.svg === chart.svg) {
      known.node.classList.remove("old");
      return known.node;
    }
    const open = known?.node.querySelector("details")?.open;
    const picture = (svg, width) => el("div", { class: width },
      document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true));
    const node = el("figure", {},
      el("figcaption", {}, el("strong", { class: "unseen" }, chart.title), " ", chart.about),
      el("div", { class: "picture", tabindex: "0", role: "group", "aria-label": chart.title }, picture(chart.svg, "broad"), picture(chart.narrow, "slim")),
      el("details", { open: Boolean(open) }, el("summary", {}, words.its_figures), table(chart.title,
        chart.header.map((name) => (name ? el("th", { scope: "col" }, name) : el("td"))),
        chart.rows.map((row) => el("tr", {}, row.map((cell, column) => (column === 0 ? el("th", { scope: "row" }, cell) : el("td", { class: "n" }, cell))))))));
    drawn.set(id, { svg: chart.svg, node });
    return node;
  }).filter(Boolean);
  const box = byId("pictures");
  if (nodes.length !== box.children.length || nodes.some((node, place) => box.children[place] !== node)) box.replaceChildren(...nodes);
}

/** What is still being worked out. */
export function working(stage) {
  byId("progress").textContent = stage ? words[`working_${stage}`] : "";
  byId("progress").dataset.working = stage ?? "";
}

/** What is wrong with a change or the file, with its cure. */
export function faults(fault) {
  const box = byId("faults");
  document.body.classList.toggle("faulty", Boolean(fault));
  if (!fault) return box.replaceChildren();
  const { faults: list = [], change, drawn: text } = fault.body ?? {};
  // A change that can be written, and at which the file is at fault then, is found by its key.
  const key = (one) => list.some(({ path }) => path === one.key || path?.startsWith(`${one.key}.`));
  const at = state.changes[change ?? -1] ?? state.changes.findLast(key) ?? state.changes.at(-1);
  box.replaceChildren(el("div", { class: "fault" },
    el("p", {}, el("strong", {}, words.no_answer), ` ${words.last_figures}`),
    // Faults of a file are English in every case.
    el("ul", { lang: "en" }, list.map((one) => el("li", {}, one.message, one.help.map((help) => el("span", { class: "help" }, help))))),
    at ? button(fill(words.take_back_change, at), () => unset(at.key)) : null,
    text && (change === null || change === undefined) ? el("details", {}, el("summary", {}, words.place_in_file), el("pre", { tabindex: "0", lang: "en" }, text)) : null));
}

export function lost(fault) {
  if (fault === null) return notice("lost", null);
  if (fault.status === 403 || fault.status === 421) return notice("lost", words.other_run);
  notice("lost", words.ended);
}
