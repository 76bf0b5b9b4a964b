// What is kept? The list of changes, variants side by side, files, links and papers.

import { ask, download } from "./api.js";
import { button, byId, close, el, notice, show, table } from "./dom.js";
import { keep, link, ofLink, replace, state, unset } from "./state.js";

const MOST = 4;

/** What was changed, each with the way back. */
export function changed() {
  const list = state.now.averages?.changed ?? [];
  const keys = [...new Set(state.changes.map((change) => change.key))];
  byId("changed").replaceChildren(el("h3", {}, "What you changed"), keys.length === 0
    ? el("p", { class: "quiet" }, "Nothing yet: every figure is that of the file.")
    : el("ul", {}, ...list.map((one) => el("li", {}, el("strong", {}, one.name), `: ${one.before} → ${one.now}`)), ...(list.length === 0 ? [el("li", {}, "Changes that leave everything as it is in the file.")] : [])),
    ...(keys.length ? [el("p", {}, keys.map((key) => button(`Take back ${key}`, () => unset(key))))] : []));
}

/** Up to four variants side by side. */
export function variants() {
  const name = el("input", { id: "variant-name", type: "text", maxlength: 40, autocomplete: "off", value: state.variants.length < MOST ? `Variant ${state.variants.length + 1}` : "" });
  const add = () => {
    const answer = state.now.year ?? state.now.averages;
    if (!answer || state.variants.length >= MOST) return;
    const label = name.value.trim() || `Variant ${state.variants.length + 1}`;
    state.variants.push({ name: label, changes: JSON.parse(JSON.stringify(state.changes)), answer });
    keep();
    variants();
  };
  const parts = [el("h3", {}, "Variants side by side")];
  if (state.variants.length) {
    const columns = [{ name: "Your case", changes: [], answer: state.base.year ?? state.base.averages }, ...state.variants].filter((one) => one.answer);
    const option = (one) => one.answer.options.find((option) => option.chosen) ?? one.answer.options[0];
    const headings = [...new Set(columns.flatMap((one) => option(one).figures.map((figure) => figure.heading)))];
    const row = (heading, cell) => el("tr", {}, el("th", { scope: "row" }, heading), columns.map((one) => el("td", { class: "n" }, cell(one))));
    parts.push(table("Variants", [el("th", { scope: "col" }, "Of the best option"), ...columns.map((one) => el("th", { scope: "col", class: "n" }, one.name))], [
      row("Best option", (one) => option(one).name),
      ...headings.map((heading) => row(heading, (one) => option(one).figures.find((figure) => figure.heading === heading)?.text ?? "–")),
      row("Changes", (one) => String(new Set(one.changes.map((change) => change.key)).size)),
    ]));
    parts.push(el("p", { class: "actions" }, state.variants.flatMap((one, place) => [
      button(`Show ${one.name}`, () => replace(one.changes)),
      button(`Drop ${one.name}`, () => { state.variants.splice(place, 1); keep(); variants(); }, { class: "more" }),
    ])));
  }
  if (state.variants.length < MOST) parts.push(el("p", { class: "actions" }, el("label", { for: "variant-name" }, "Name "), name, button("Keep what is shown as a variant", add)));
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
  if (!lines.length) return el("p", {}, "Nothing differs from the file.");
  const words = { "-": "gone", "+": "new", " ": "" };
  return el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Lines that differ" }, el("table", { class: "diff" }, el("tbody", {}, lines.map((line) => el("tr", { class: { "-": "gone", "+": "new" }[line.mark] ?? false }, el("td", { class: "n" }, String(line.number)), el("td", {}, line.mark, el("span", { class: "unseen" }, words[line.mark])), el("td", {}, el("code", {}, line.text)))))));
}

async function write(name, yes = false) {
  const told = byId("told");
  try {
    const answer = await ask("/api/write", { changes: state.changes, base: state.file.sha256, name, yes });
    close();
    if (!name) {
      // What is in the file now is no change any more.
      state.file = { name: answer.name, sha256: answer.sha256, built_in: answer.built_in };
      state.base = {};
      replace([]);
    }
    notice("written", `${answer.written} is written.`, button("Well", () => notice("written", null)));
  } catch (fault) {
    const again = fault.status === 409 && name ? button("Yes, write over it", () => write(name, true)) : null;
    told?.replaceChildren(el("p", { class: "fault" }, fault.message, " ", again ?? ""));
  }
}

async function intoFile() {
  show(`Write into ${state.file.name}`, el("p", {}, "These lines change; comments and everything else stay."), await lines(), button("Write them into the file", () => write(undefined, true)), el("div", { id: "told", role: "alert" }));
}

async function asNew() {
  const ending = /\.[a-z]+$/i.exec(state.file.built_in ? "case.toml" : state.file.name)?.[0] ?? ".toml";
  const stem = state.file.built_in ? "case" : state.file.name.split(/[\\/]/).pop().replace(/\.[a-z]+$/i, "");
  const name = el("input", { id: "new-name", type: "text", value: `${stem}-changed${ending}`, autocomplete: "off", spellcheck: "false" });
  show("Write as a new file", await lines(), el("p", {}, el("label", { for: "new-name" }, "Its name, beside the case "), name), button("Write it", () => write(name.value.trim())), el("div", { id: "told", role: "alert" }));
}

async function copyLink() {
  const address = `${location.origin}/#${link()}`;
  const box = el("input", { type: "text", readonly: true, value: address, "aria-label": "The link" });
  const paste = el("input", { id: "paste", type: "text", autocomplete: "off", spellcheck: "false" });
  const take = () => {
    const changes = ofLink(paste.value.trim());
    if (changes) { replace(changes); close(); } else byId("told").textContent = "That link holds no changes.";
  };
  show("A link that holds the changes", el("p", {}, "It opens them in this run of rosi. For another run, paste it there."), box, el("p", {}, el("label", { for: "paste" }, "Or take the changes of a link "), paste, button("Take them", take)), el("p", { id: "told", role: "alert" }));
  box.select();
  navigator.clipboard?.writeText(address).catch(() => {});
}

async function saved(path, body) {
  notice("saving", "…");
  try {
    notice("saving", `${await download(path, { changes: state.changes, ...body })} is saved with your downloads.`, button("Well", () => notice("saving", null)));
  } catch (fault) {
    notice("saving", fault.message, button("Well", () => notice("saving", null)));
  }
}

export function saving() {
  byId("saving").replaceChildren(el("h3", {}, "Files, papers, links"), el("p", { class: "actions" },
    button("See the difference", async () => show("Lines that differ", await lines()), { "aria-haspopup": "dialog" }),
    button("Write as a new file", asNew, { "aria-haspopup": "dialog" }),
    state.file.built_in ? null : button("Write into the file", intoFile, { "aria-haspopup": "dialog" }),
    button("Save as a download", () => saved("/api/text", {})),
    button("Board paper (page)", () => saved("/api/paper", { form: "html" })),
    button("Board paper (Markdown)", () => saved("/api/paper", { form: "md" })),
    button("Link", copyLink, { "aria-haspopup": "dialog" })));
}
