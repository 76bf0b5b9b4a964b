// The page of `rosi explore`: what somebody does on it, and what answers.

import { answer, faults, lost, working } from "./answer.js";
import { plans, settings } from "./choices.js";
import { button, byId, close, fill, notice } from "./dom.js";
import { inputs, wireInputs } from "./inputs.js";
import { changed, revive, saving, variants } from "./keep.js";
import { begin, left, listen, redo, replace, state, undo } from "./state.js";
import { words } from "./words.js";

function tools() {
  byId("undo").disabled = state.undo.length === 0;
  byId("redo").disabled = state.redo.length === 0;
  byId("reset").disabled = state.changes.length === 0;
}

function file() {
  byId("file").textContent = state.file.built_in ? words.built_in : state.file.name;
  saving();
}

listen((kind, detail) => {
  if (kind === "changes") tools();
  if (kind === "answer") {
    answer(detail);
    inputs();
    if (detail.stage === "averages") {
      plans();
      settings();
      changed();
    }
    if (detail.stage !== "sensitivity") variants();
    byId("answer").dataset.stage = detail.stage;
    byId("answer").dataset.took = Math.round(state.took);
  }
  if (kind === "working") {
    working(detail);
    document.body.dataset.working = detail ?? "";
  }
  if (kind === "faults") faults(detail);
  if (kind === "lost") lost(detail);
  if (kind === "found") lost(null);
  if (kind === "file") {
    file();
    notice("file", state.changes.length ? words.file_merged : words.file_changed, button(words.well, () => notice("file", null)));
  }
  if (kind === "file-first") {
    file();
    tools();
    const { changes = [], variants: kept = [] } = left();
    if (kept.length) revive(kept);
    if (changes.length && !state.changes.length) {
      notice("left", changes.length === 1 ? words.left_one : fill(words.left_several, { count: changes.length }), button(words.take_up, () => { replace(changes); notice("left", null); }), button(words.leave, () => notice("left", null)));
    }
  }
});

byId("close").addEventListener("click", close);
byId("undo").addEventListener("click", undo);
byId("redo").addEventListener("click", redo);
byId("reset").addEventListener("click", () => replace([]));
byId("present").addEventListener("click", (event) => {
  const on = document.body.classList.toggle("present");
  event.target.setAttribute("aria-pressed", String(on));
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=text], input[type=search], textarea");
  if (typing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.key === "z" && !event.shiftKey) { event.preventDefault(); undo(); }
  if (event.key === "y" || (event.key === "Z" || event.key === "z") && event.shiftKey) { event.preventDefault(); redo(); }
});
wireInputs();
begin().catch((fault) => lost(fault));
