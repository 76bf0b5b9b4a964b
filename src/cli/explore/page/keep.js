// What is kept? The list of changes, variants side by side, files, links and papers.

import { ask, download } from "./api.js";
import { button, byId, close, el, fill, notice, show, table } from "./dom.js";
import { keep, link, ofLink, replace, state, unset } from "./state.js";
import { words } from "./words.js";

const MOST = 4;

/** What was changed, each with the way back. */
export function changed() {
  const list = state.now.averages?.changed ?? [];
  const keys = [...new Set(state.changes.map((change) => change.key))];
  byId("changed").replaceChildren(el("h3", {}, words.you_changed), keys.length === 0
    ? el("p", { class: "quiet" }, words.nothing_changed)
    : el("ul", {}, ...list.map((one) => el("li", {}, el("strong", {}, one.name), `: ${one.before} → ${one.now}`)), ...(list.length === 0 ? [el("li", {}, words.changes_nothing)] : [])),
    ...(keys.length ? [el("p", {}, keys.map((key) => button(fill(words.take_back, { key }), () => unset(key))))] : []));
}

/** Up to four variants side by side. */
export function variants() {
  const name = el("input", { id: "variant-name", type: "text", maxlength: 40, autocomplete: "off", value: state.variants.length < MOST ? fill(words.variant, { count: state.variants.length + 1 }) : "" });
  const add = () => {
    const answer = state.now.year ?? state.now.averages;
    if (!answer || state.variants.length >= MOST) return;
    const label = name.value.trim() || fill(words.variant, { count: state.variants.length + 1 });
    state.variants.push({ name: label, changes: JSON.parse(JSON.stringify(state.changes)), answer });
    keep();
    variants();
  };
  const parts = [el("h3", {}, words.variants)];
  if (state.variants.length) {
    const columns = [{ name: words.your_case_itself, changes: [], answer: state.base.year ?? state.base.averages }, ...state.variants].filter((one) => one.answer);
    const option = (one) => one.answer.options.find((option) => option.chosen) ?? one.answer.options[0];
    const headings = [...new Set(columns.flatMap((one) => option(one).figures.map((figure) => figure.heading)))];
    const row = (heading, cell) => el("tr", {}, el("th", { scope: "row" }, heading), columns.map((one) => el("td", { class: "n" }, cell(one))));
    parts.push(table(words.variants, [el("th", { scope: "col" }, words.of_best), ...columns.map((one) => el("th", { scope: "col", class: "n" }, one.name))], [
      row(words.best, (one) => option(one).name),
      ...headings.map((heading) => row(heading, (one) => option(one).figures.find((figure) => figure.heading === heading)?.text ?? "–")),
      row(words.changes, (one) => String(new Set(one.changes.map((change) => change.key)).size)),
    ]));
    parts.push(el("p", { class: "actions" }, state.variants.flatMap((one, place) => [
      button(fill(words.show, one), () => replace(one.changes)),
      button(fill(words.drop, one), () => { state.variants.splice(place, 1); keep(); variants(); }, { class: "more" }),
    ])));
  }
  if (state.variants.length < MOST) parts.push(el("p", { class: "actions" }, el("label", { for: "variant-name" }, `${words.name} `), name, button(words.keep_variant, add)));
  if (byId("variants").contains(document.activeElement) && document.activeElement.id === "variant-name") return;
  byId("variants").replaceChildren(...parts);
}

/** Variants of the last time get their figures again. */
export async function revive(list) {
  state.variants = [];
  for (const { name, changes } of list.slice(0, MOST)) {
    try {
      state.variants.push({ name, changes, answer: await ask("/api/answer", { changes, stage: "averages" }) });
    } catch { /* A variant that no longer fits the file is gone. */ }
  }
  variants();
}

async function lines() {
  const { lines } = await ask("/api/difference", { changes: state.changes });
  if (!lines.length) return el("p", {}, words.nothing_differs);
  const marks = { "-": words.gone, "+": words.new, " ": "" };
  return el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": words.lines }, el("table", { class: "diff" }, el("tbody", {}, lines.map((line) => el("tr", { class: { "-": "gone", "+": "new" }[line.mark] ?? false }, el("td", { class: "n" }, String(line.number)), el("td", {}, line.mark, el("span", { class: "unseen" }, marks[line.mark])), el("td", {}, el("code", {}, line.text)))))));
}

async function write(name, yes = false) {
  const told = byId("told");
  try {
    const answer = await ask("/api/write", { changes: state.changes, base: state.file.sha256, name, yes });
    close();
    if (!name) {
      // What is in the file now is no change any more.
      state.file = { ...state.file, name: answer.name, sha256: answer.sha256, built_in: answer.built_in };
      state.base = {};
      replace([]);
    }
    notice("written", fill(words.written, { file: answer.written }), button(words.well, () => notice("written", null)));
  } catch (fault) {
    const again = fault.status === 409 && name ? button(words.write_over, () => write(name, true)) : null;
    told?.replaceChildren(el("p", { class: "fault" }, fault.message, " ", again ?? ""));
  }
}

async function intoFile() {
  show(fill(words.write_into, { file: state.file.name }), el("p", {}, words.lines_change), await lines(), button(words.write_them, () => write(undefined, true)), el("div", { id: "told", role: "alert" }));
}

async function asNew() {
  const ending = /\.[a-z]+$/i.exec(state.file.built_in ? "case.toml" : state.file.name)?.[0] ?? ".toml";
  const stem = state.file.built_in ? "case" : state.file.name.split(/[\\/]/).pop().replace(/\.[a-z]+$/i, "");
  const name = el("input", { id: "new-name", type: "text", value: `${stem}-changed${ending}`, autocomplete: "off", spellcheck: "false" });
  show(words.write_new, await lines(), el("p", {}, el("label", { for: "new-name" }, `${words.its_name} `), name), button(words.write_it, () => write(name.value.trim())), el("div", { id: "told", role: "alert" }));
}

async function copyLink() {
  const address = `${location.origin}/#${link()}`;
  const box = el("input", { type: "text", readonly: true, value: address, "aria-label": words.the_link });
  const paste = el("input", { id: "paste", type: "text", autocomplete: "off", spellcheck: "false" });
  const take = () => {
    const changes = ofLink(paste.value.trim());
    if (changes) { replace(changes); close(); } else byId("told").textContent = words.no_link;
  };
  show(words.link_title, el("p", {}, words.link_note), box, el("p", {}, el("label", { for: "paste" }, `${words.paste_link} `), paste, button(words.take_them, take)), el("p", { id: "told", role: "alert" }));
  box.select();
  navigator.clipboard?.writeText(address).catch(() => {});
}

async function saved(path, body) {
  notice("saving", "…");
  try {
    notice("saving", fill(words.saved, { file: await download(path, { changes: state.changes, ...body }) }), button(words.well, () => notice("saving", null)));
  } catch (fault) {
    notice("saving", fault.message, button(words.well, () => notice("saving", null)));
  }
}

export function saving() {
  byId("saving").replaceChildren(el("h3", {}, words.files), el("p", { class: "actions" },
    button(words.see_difference, async () => show(words.lines, await lines()), { "aria-haspopup": "dialog" }),
    button(words.write_new, asNew, { "aria-haspopup": "dialog" }),
    state.file.built_in ? null : button(words.write_into_file, intoFile, { "aria-haspopup": "dialog" }),
    button(words.save_download, () => saved("/api/text", {})),
    button(words.paper_page, () => saved("/api/paper", { form: "html" })),
    button(words.paper_markdown, () => saved("/api/paper", { form: "md" })),
    button(words.link, copyLink, { "aria-haspopup": "dialog" })));
}
