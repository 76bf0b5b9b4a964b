// What is changed? The page's own changes, the way back, and the link that holds them.

import { ask, get } from "./api.js";

const STAGES = ["averages", "year", "sensitivity"];
const DEPTH = 200;
/** So long nothing has moved before the years are asked for, in milliseconds: an answer on the way has both cores. */
const STILL = 120;

/** Everything that the page knows. */
export const state = {
  file: { name: "", sha256: "", built_in: true },
  changes: [],
  undo: [],
  redo: [],
  variants: [],
  /** By stage: of the file, and now. */
  base: {},
  now: {},
};

const listeners = [];
/** Calls when an answer or a fault is there: what(kind, detail). */
export const listen = (what) => listeners.push(what);
const tell = (kind, detail) => listeners.forEach((what) => what(kind, detail));

const copy = (value) => JSON.parse(JSON.stringify(value));

/** Which changes take the place of another: a typed value or range ends a slider's move before it. */
const isMove = (change) => "mean" in change;

/** Changes one thing; `live` while a slider is still held. What depends on it, `drop`, goes. */
export function set(change, { live = false, drop = [] } = {}) {
  if (!live) remember();
  const stays = (other) => !drop.includes(other.key) && (other.key !== change.key || (isMove(change) && !isMove(other)));
  const changes = state.changes.filter(stays);
  // A list stays before the starts of what is in it.
  const first = state.changes.find((other) => other.key === change.key && isMove(other) === isMove(change));
  const place = first ? state.changes.slice(0, state.changes.indexOf(first)).filter(stays).length : changes.length;
  changes.splice(place, 0, change);
  apply(changes, live);
}

/** Takes back every change of some keys. */
export function unset(...keys) {
  remember();
  apply(state.changes.filter((change) => !keys.includes(change.key)));
}

let held = null;
/** A slider is taken up: what was before can be come back to. */
export function hold() {
  held ??= copy(state.changes);
}

/** It is let go. */
export function release() {
  if (held && JSON.stringify(held) !== JSON.stringify(state.changes)) {
    state.undo = [...state.undo, held].slice(-DEPTH);
    state.redo = [];
  }
  held = null;
  if (again) quick?.abort();
  tell("changes");
}

function remember() {
  if (held) release();
  state.undo = [...state.undo, copy(state.changes)].slice(-DEPTH);
  state.redo = [];
}

export function undo() {
  if (!state.undo.length) return;
  state.redo.push(copy(state.changes));
  apply(state.undo.pop());
}

export function redo() {
  if (!state.redo.length) return;
  state.undo.push(copy(state.changes));
  apply(state.redo.pop());
}

/** Takes other changes in the place of all. */
export function replace(changes) {
  remember();
  apply(copy(changes));
}

function apply(changes, live = false) {
  state.changes = changes;
  store();
  tell("changes");
  refresh(live);
}

/** The changes as the part of an address behind `#`. */
export function link(changes = state.changes) {
  const bytes = new TextEncoder().encode(JSON.stringify(changes));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The changes of such a part, or nothing. */
export function ofLink(hash) {
  try {
    const text = atob(hash.replace(/^.*#/, "").replaceAll("-", "+").replaceAll("_", "/"));
    const changes = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    return Array.isArray(changes) ? changes : null;
  } catch {
    return null;
  }
}

const place = () => `rosi:${state.file.name}`;

function store() {
  history.replaceState(null, "", state.changes.length ? `#${link()}` : location.pathname);
  try {
    localStorage.setItem(place(), JSON.stringify({ changes: state.changes, variants: state.variants.map(({ name, changes }) => ({ name, changes })) }));
  } catch { /* A browser without room keeps the address all the same. */ }
}
export const keep = store;

/** What was left here the last time. */
export function left() {
  try {
    return JSON.parse(localStorage.getItem(place())) ?? {};
  } catch {
    return {};
  }
}

let running = false;
let again = false;
let quick = null;
let slow = null;

/**
 * Asks anew: the quick answer at once, the rest when nothing moves any more. What is asked for an older state is taken
 * back, and rosi stops working on it; only while a slider is still held each answer is waited for, so that the figures
 * move with it.
 */
export async function refresh(live = false) {
  slow?.abort();
  tell("working", "averages");
  if (running) {
    again = true;
    if (!live) quick?.abort();
    return;
  }
  running = true;
  let answered = false;
  do {
    again = false;
    const asked = JSON.stringify(state.changes);
    const began = performance.now();
    quick = new AbortController();
    const { signal } = quick;
    try {
      if (!state.base.averages) state.base.averages = await ask("/api/answer", { changes: [], stage: "averages" });
      const answer = state.changes.length ? await ask("/api/answer", { changes: state.changes, stage: "averages" }, signal) : state.base.averages;
      state.now = { averages: answer };
      state.took = performance.now() - began;
      tell("answer", { stage: "averages", current: asked === JSON.stringify(state.changes) });
      tell("faults", null);
      answered = true;
    } catch (fault) {
      answered = false;
      if (!signal.aborted) tell(fault.body ? "faults" : "lost", fault);
    }
  } while (again);
  running = false;
  if (answered) rest();
  else tell("working", null);
}

/** The years, and what would change the answer. */
async function rest() {
  const turn = new AbortController();
  slow = turn;
  const changes = copy(state.changes);
  tell("working", STAGES[1]);
  await new Promise((done) => setTimeout(done, STILL));
  if (turn.signal.aborted) return;
  try {
    for (const stage of STAGES.slice(1)) {
      tell("working", stage);
      const answer = (changes.length ? null : state.base[stage]) ?? await ask("/api/answer", { changes, stage }, turn.signal);
      if (turn.signal.aborted) return;
      state.now[stage] = answer;
      if (!changes.length) state.base[stage] = answer;
      else if (!state.base[stage]) {
        tell("answer", { stage, current: true });
        state.base[stage] = await ask("/api/answer", { changes: [], stage }, turn.signal);
      }
      tell("answer", { stage, current: true });
    }
    tell("working", null);
  } catch (fault) {
    if (!turn.signal.aborted) {
      tell("working", null);
      if (!fault.body) tell("lost", fault);
    }
  }
}

/** Follows the file: what is new in it is taken, our changes stay on top. */
export async function follow() {
  for (;;) {
    try {
      const file = await get(`/api/watch?seen=${state.file.sha256}`);
      tell("found");
      // The page itself is in another language then; the changes are in its address.
      if (file.language !== document.documentElement.lang) return location.reload();
      if (file.sha256 !== state.file.sha256) {
        state.file = file;
        state.base = {};
        tell("file");
        await refresh();
      }
    } catch (fault) {
      tell("lost", fault);
      await new Promise((done) => setTimeout(done, 2_000));
    }
  }
}

/** Begins: the file, and the changes of the address. */
export async function begin() {
  state.file = await get("/api/file");
  const changes = ofLink(location.hash);
  if (changes?.length) state.changes = changes;
  tell("file-first");
  await refresh();
  follow();
}
