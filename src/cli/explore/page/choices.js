// Which controls are in which option, from when; and what holds besides: limits, policies, assumptions.

import { byId, el, fill, soft, table } from "./dom.js";
import { set, state, unset } from "./state.js";
import { words } from "./words.js";

/** A start as its readers say it, and as a scenario reads it. */
const starts = [["year", words.start_year], ["month", words.start_month]];
const said = (start) => starts.reduce((text, [typed, own]) => text.replace(new RegExp(`^${typed} (?=\\d)`), `${own} `), start);
const typed = (text) => starts.reduce((start, [typed, own]) => start.replace(new RegExp(`^${own}\\s+(?=\\d)`, "i"), `${typed} `), text.trim());

function plan(plan, controls, control) {
  const planned = plan.controls.find((one) => one.id === control.id);
  const start = `plan.${plan.id}.controls.${control.id}.start`;
  const ids = plan.controls.map((one) => one.id);
  const box = el("input", {
    type: "checkbox",
    checked: Boolean(planned),
    "aria-label": fill(words.control_in, { control: control.name, plan: plan.name }),
    onchange: (event) => {
      const controls = event.target.checked ? [...ids, control.id] : ids.filter((id) => id !== control.id);
      set({ key: `plan.${plan.id}.controls`, controls }, { drop: [start] });
    },
  });
  const from = planned ? el("input", { type: "text", class: "start", value: said(planned.start), "aria-label": fill(words.start_of, { control: control.name, plan: plan.name }), onchange: (event) => (event.target.value.trim() ? set({ key: start, value: typed(event.target.value) }) : unset(start)) }) : null;
  return el("td", {}, box, from);
}

let shown = "";

export function plans() {
  const now = state.now.averages;
  if (!now) return;
  const same = JSON.stringify([now.plans, now.controls]);
  if (same === shown) return;
  shown = same;
  const box = byId("plans");
  const focused = document.activeElement?.getAttribute("aria-label");
  const controls = now.controls.filter((control) => !control.in_place);
  box.replaceChildren(now.plans.length === 0
    ? el("p", { class: "quiet" }, words.no_options)
    : table(words.controls_by_option, [el("th", { scope: "col" }, words.control), ...now.plans.map((one) => el("th", { scope: "col" }, soft(one.name)))],
      controls.map((control) => el("tr", {}, el("th", { scope: "row" }, soft(control.name)), now.plans.map((one) => plan(one, controls, control))))),
  el("p", { class: "quiet" }, words.start_note));
  if (focused) [...box.querySelectorAll("input")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
}

const parts = { appetite: words.limits, insurance: words.policies, assumptions: words.whole_case };
const fields = new Map();

export function settings() {
  const now = state.now.averages;
  if (!now) return;
  const groups = new Map();
  for (const one of now.settings) {
    const name = one.of ? `${parts[one.part]}: ${one.of}` : parts[one.part];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  const file = new Map((state.base.averages?.settings ?? []).map((one) => [one.key, one]));
  const rebuilt = now.settings.some((one) => !fields.has(one.key)) || fields.size !== now.settings.length;
  if (rebuilt) {
    fields.clear();
    let count = 0;
    byId("settings").replaceChildren(...[...groups].map(([name, list]) => el("details", {}, el("summary", {}, name), el("div", { class: "fields" }, list.map((one) => {
      const id = `s${count++}`;
      const write = (event) => (event.target.value.trim() ? set({ key: one.key, value: event.target.value.trim() }) : unset(one.key));
      const field = one.words.length
        ? el("select", { id, onchange: write, "aria-describedby": `${id}d` }, one.written === null && one.default === null ? el("option", { value: "" }, "–") : null, one.words.map((word, place) => el("option", { value: word }, one.choices[place])))
        : el("input", { id, type: "text", autocomplete: "off", spellcheck: "false", placeholder: one.placeholder, onchange: write, "aria-describedby": `${id}d` });
      fields.set(one.key, field);
      return el("p", {}, el("label", { for: id }, one.label), field, el("span", { class: "quiet", id: `${id}d` }, one.about));
    })))));
  }
  for (const one of now.settings) {
    const field = fields.get(one.key);
    if (document.activeElement !== field) field.value = one.written ?? (one.words.length ? one.default ?? "" : "");
    const was = file.get(one.key);
    field.classList.toggle("changed", Boolean(was && was.written !== one.written));
  }
}
