// What does the answer rest on? Each input with its range, a slider, a field, and where it tips.

import { ask } from "./api.js";
import { button, byId, close, el, fill, numeral, sections, show } from "./dom.js";
import { hold, release, set, state, unset } from "./state.js";
import { words } from "./words.js";

const SHOWN = 8;
const STEPS = 240;
const SVG = "http://www.w3.org/2000/svg";

let showAll = false;
const cards = new Map();

const logit = (x) => Math.log(x / (1 - x));
const logistic = (x) => 1 / (1 + Math.exp(-x));

/** The scale of a slider: where a value stands from 0 to 1, and back. */
function scaleOf(input) {
  const points = [input.mean, ...(input.range ?? []), ...(input.break_even > 0 ? [input.break_even] : [])];
  const low = Math.min(...points);
  const high = Math.max(...points);
  if (input.scale === "odds" && input.mean > 0 && input.mean < 1) {
    const inside = points.filter((x) => x > 0 && x < 1);
    const from = Math.max(logit(Math.min(...inside)) - 1.2, -9);
    const to = Math.min(logit(Math.max(...inside)) + 1.2, 9);
    return { of: (x) => (logit(Math.min(Math.max(x, 1e-9), 1 - 1e-9)) - from) / (to - from), at: (t) => logistic(from + t * (to - from)) };
  }
  if (input.scale === "factor" && low > 0) {
    const from = Math.log(Math.max(low, input.mean / 200) / 4);
    const to = Math.log(Math.min(high, input.mean * 200) * 4);
    return { of: (x) => (Math.log(Math.max(x, 1e-300)) - from) / (to - from), at: (t) => Math.exp(from + t * (to - from)) };
  }
  const from = input.scale === "odds" ? 0 : Math.min(0, low * 2);
  const to = input.scale === "odds" ? 1 : Math.max(high * 2, 1e-6);
  return { of: (x) => (x - from) / (to - from), at: (t) => from + t * (to - from) };
}

/** An amount with its currency. */
const money = (amount) => fill(words.amount, { currency: state.now.averages.currency, amount });

/** A value with its unit, where its words do not say it: "30k" of a price has none yet, "1 in 8 years" has. */
function measured(input, text) {
  const isMoney = input.unit.startsWith(state.now.averages?.currency ?? "\0");
  const saysUnit = isMoney ? /\p{L}{4,}/u.test(text) : /[a-z%]/i.test(text);
  return input.unit && !saysUnit ? `${text} ${input.unit}` : text;
}

const within = (t) => Math.min(1, Math.max(0, t));

/** Three significant digits, as text without an exponent. */
function plain(x, digits = 3) {
  const text = Number(x.toPrecision(digits));
  return text.toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: Math.max(digits, 3), maximumFractionDigits: 20 });
}

/** The range drawn: 5 % to 95 %, the average, and where it tips. */
function drawing(input, scale, file) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 1000 40");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "range");
  const add = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    svg.append(node);
  };
  const x = (value) => 1000 * within(scale.of(value));
  add("rect", { x: 0, y: 18, width: 1000, height: 4, class: "track" });
  if (input.range) add("rect", { x: x(input.range[0]), y: 8, width: Math.max(4, x(input.range[2]) - x(input.range[0])), height: 24, class: "spread" });
  if (file !== input.mean) add("rect", { x: x(file) - 2, y: 2, width: 4, height: 36, class: "was" });
  if (input.break_even > 0) add("rect", { x: x(input.break_even) - 2, y: 0, width: 4, height: 40, class: "tips" });
  return svg;
}

/** Writes what was typed: what it means is for rosi to say. */
function typed(input, text) {
  if (!text.trim()) return unset(input.key);
  set({ key: input.key, value: text.trim() });
}

function card(input) {
  const id = `i${cards.size}`;
  const name = button(input.name, () => explain(input.key), { class: "link", "aria-haspopup": "dialog" });
  const field = el("input", { type: "text", id: `${id}f`, autocomplete: "off", spellcheck: "false", placeholder: input.example_of_kind, onchange: (event) => typed(parts.input, event.target.value) });
  const slider = el("input", { type: "range", id: `${id}r`, min: 0, max: STEPS, step: 1, "aria-label": fill(words.average_of, input) });
  const parts = { input, id, field, slider };
  slider.addEventListener("input", () => {
    hold();
    parts.dragging = true;
    const at = scaleOf(parts.scaled ?? parts.input).at(Number(slider.value) / STEPS);
    parts.shown.textContent = `${numeral(at)} ${parts.input.unit}`.trim();
    slider.setAttribute("aria-valuetext", parts.shown.textContent);
    set({ key: input.key, mean: plain(at) }, { live: true });
  });
  slider.addEventListener("change", () => {
    parts.dragging = false;
    release();
  });
  parts.shown = el("output", { class: "mean", for: slider.id });
  parts.was = el("span", { class: "file" });
  parts.drawn = el("div", { class: "drawn" });
  parts.about = el("p", { class: "quiet" });
  parts.actions = el("div", { class: "actions" });
  parts.node = el("li", { class: "input" },
    el("div", { class: "first" }, name, parts.shown),
    parts.drawn, slider,
    el("div", { class: "typed" }, el("label", { for: field.id, class: "unseen" }, fill(words.type_value, input)), field, parts.was),
    parts.actions, parts.about);
  return parts;
}

function update(parts, input, file) {
  parts.input = input;
  const held = parts.dragging;
  // While somebody moves, the scale stands still.
  const scaled = { ...(file ?? input), break_even: input.break_even };
  parts.scaled = scaled;
  const scale = scaleOf(scaled);
  parts.shown.textContent = measured(input, input.mean_text);
  parts.slider.setAttribute("aria-valuetext", parts.shown.textContent);
  parts.slider.disabled = !input.can_move;
  if (!held) parts.slider.value = Math.round(STEPS * within(scale.of(input.mean)));
  parts.field.placeholder = input.written;
  if (document.activeElement !== parts.field) parts.field.value = "";
  parts.drawn.replaceChildren(drawing(input, scale, file?.mean ?? input.mean));
  const changed = file && file.written !== input.written;
  parts.node.classList.toggle("changed", Boolean(changed));
  parts.was.textContent = changed ? fill(words.in_file, { value: file.written }) : "";
  const actions = [];
  if (changed) actions.push(button(words.back, () => unset(input.key), { "aria-label": fill(words.back_of, input) }));
  if (input.break_even_text && input.can_move) {
    const at = plain(input.break_even, 12);
    actions.push(button(fill(words.flips_at, { at: measured(input, input.break_even_text) }), () => set({ key: input.key, mean: at }), { title: words.flips_title }));
  }
  actions.push(button(words.ask_room, () => room(input), { "aria-haspopup": "dialog", "aria-label": fill(words.ask_room_of, input), class: "more" }));
  if (document.activeElement?.parentElement !== parts.actions) parts.actions.replaceChildren(...actions);
  const said = [];
  if (input.weight) said.push(fill(words.weight, { change: money(input.weight_text) }));
  if (input.worth_knowing && input.worth_knowing !== "0") said.push(fill(words.worth_knowing, { worth: money(input.worth_knowing) }));
  if (input.luck && input.range) said.push(words.luck);
  if (input.example) said.push(words.example);
  said.push(...[input.source && fill(words.source, input), input.owner && fill(words.owner, input), input.why && `${input.why}.`].filter(Boolean));
  parts.about.textContent = said.join(" ").replaceAll("..", ".");
}

/** The list, the weightiest first; the order stands still while somebody works. */
export function inputs() {
  const now = state.now.averages;
  if (!now) return;
  const known = new Map((state.now.sensitivity?.inputs ?? state.base.sensitivity?.inputs ?? []).map((input) => [input.key, input]));
  const file = new Map((state.base.averages?.inputs ?? []).map((input) => [input.key, input]));
  const weight = (input) => Math.abs(file.get(input.key)?.weight ?? input.weight ?? 0);
  const sorted = [...now.inputs].sort((a, b) => weight(b) - weight(a));
  const search = byId("search").value.trim().toLowerCase();
  const fits = (input) => `${input.name} ${input.key} ${input.source ?? ""} ${input.owner ?? ""}`.toLowerCase().includes(search);
  const wanted = search ? sorted.filter(fits) : showAll ? sorted : sorted.slice(0, SHOWN);
  const nodes = wanted.map((input) => {
    const more = known.get(input.key);
    const whole = { ...input, break_even: more?.break_even ?? null, break_even_text: more?.break_even_text ?? null, worth_knowing: more?.worth_knowing ?? null };
    if (!cards.has(input.key)) cards.set(input.key, card(whole));
    const parts = cards.get(input.key);
    update(parts, whole, file.get(input.key));
    return parts.node;
  });
  const list = byId("list");
  const same = list.children.length === nodes.length && nodes.every((node, place) => list.children[place] === node);
  if (!same) list.replaceChildren(...nodes);
  byId("inputs-lead").textContent = search
    ? fill(words.fit, { count: wanted.length, all: sorted.length })
    : fill(words.inputs, { count: wanted.length, all: sorted.length, example: now.inputs[0]?.example_of_kind ?? "1" });
}

export function wireInputs() {
  byId("search").addEventListener("input", inputs);
  byId("all").addEventListener("click", (event) => {
    showAll = !showAll;
    event.target.setAttribute("aria-pressed", String(showAll));
    event.target.textContent = showAll ? words.show_weightiest : words.show_all;
    inputs();
  });
}

/** Where a figure comes from. */
export async function explain(key) {
  show(words.comes_from, el("p", {}, "…"));
  try {
    const answer = await ask("/api/explain", { key, changes: state.changes });
    show(words.comes_from, ...sections(answer.sections));
  } catch (fault) {
    show(words.comes_from, el("p", {}, fault.message));
  }
}

/** Several people give a range for one input, in turn; hidden until all have. */
async function room(input) {
  const line = (label, name, attributes) => el("label", {}, label, el("input", { name, type: "text", autocomplete: "off", ...attributes }));
  const told = el("div", { role: "status" });
  const form = el("form", { class: "room", onsubmit: send },
    line(words.how_many, "people", { type: "number", min: 1, max: 20, value: "3" }),
    line(words.your_name, "person", { required: true, maxlength: 60 }),
    line(words.hardly_below, "low", { required: true, placeholder: input.example_of_kind }),
    line(words.hardly_above, "high", { required: true, placeholder: input.example_of_kind }),
    el("button", { type: "submit" }, words.give_range));
  async function send(event) {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    try {
      tell(await ask("/api/estimate", { key: input.key, changes: state.changes, ...data, people: Number(data.people) }));
      for (const name of ["person", "low", "high"]) form.elements[name].value = "";
      form.elements.person.focus();
    } catch (fault) {
      const help = fault.body?.faults?.[0]?.help?.[0];
      told.replaceChildren(el("p", { class: "fault" }, `${fault.message}${help ? `: ${help}` : ""}`));
    }
  }
  function tell(answer) {
    const question = answer.questions.find((one) => one.key === input.key);
    if (!question) return;
    form.elements.people.value = question.people;
    form.elements.people.readOnly = true;
    const lines = [el("p", {}, fill(question.complete ? words.answered : words.answered_hidden, { count: question.answers.length, all: question.people, people: question.answers.map((one) => one.person).join(", ") }))];
    if (question.complete) {
      form.hidden = true;
      lines.push(el("ul", {}, question.answers.map((one) => el("li", {}, fill(words.range, one)))));
    }
    if (answer.findings) lines.push(el("ul", {}, answer.findings.slice(question.answers.length).map((finding) => el("li", {}, finding))));
    if (answer.change) lines.push(button(words.take_pooled, () => { set(answer.change); close(); }));
    lines.push(button(words.ask_again, async () => { await ask("/api/estimate", { key: input.key, forget: true }); room(input); }));
    told.replaceChildren(...lines);
  }
  show(fill(words.room, input), el("p", {}, words.room_lead), form, told);
  const { get } = await import("./api.js");
  tell(await get("/api/estimates"));
}
