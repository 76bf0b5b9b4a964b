// How is something put on the page? As elements and text, never as markup: names come from the file.

import { numbers } from "./words.js";

/** A sentence of the catalogue with its places filled. */
export const fill = (template, parts) => template.replace(/\{([a-z_]+)\}/g, (_, name) => parts[name]);

/** Where long German words may be divided, which not every browser knows: before the last part of a compound. */
const joint = /(?<=\p{L}{4})(?=(?:dauer|schaden|schäden|lichkeit|kosten|beschluss|fähigkeit|sicherung|anmeldung|maßnahme|überwachung|schulung|programm|erkennung|konten|schutz)\p{L}{0,2}(?!\p{L}))/gu;
export const soft = (text) => (document.documentElement.lang === "de" ? text.replace(joint, "\u00ad") : text);

/** A number with the marks that its readers expect. */
export function numeral(x, digits = 3) {
  const parts = new Intl.NumberFormat(numbers.locale, { maximumSignificantDigits: digits }).formatToParts(x);
  return parts.map((part) => numbers[part.type] ?? part.value).join("");
}

/** An element with attributes and children; text stays text. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "text") node.textContent = value;
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const byId = (id) => document.getElementById(id);

export function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, text);
}

/** A sentence of pieces: words, figures in bold, code. */
export function sentence(pieces, name = "p") {
  return el(name, {}, pieces.map((piece) => {
    if (piece.strong) return el("strong", {}, piece.text);
    if (piece.code) return el("code", {}, piece.text);
    return document.createTextNode(piece.text);
  }));
}

/** A table that scrolls sideways by itself, also by the keyboard. */
export function table(label, head, rows, attributes = {}) {
  return el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": label }, el("table", attributes, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)));
}

/** The tables and notes of a report. */
export function sections(list, level = "h3") {
  return list.map((section) => {
    const parts = [el(level, {}, section.title)];
    if (section.lead) parts.push(sentence(section.lead));
    if (section.table) {
      const { columns, numbers, rows, emphasised } = section.table;
      const kind = (column) => (numbers[column] ? { class: "n" } : {});
      parts.push(table(
        section.title,
        columns.map((name, column) => (name ? el("th", { scope: "col", ...kind(column) }, name) : el("td"))),
        rows.map((row, place) => el("tr", { class: place === emphasised ? "chosen" : false }, row.map((cell, column) => (column === 0 ? el("th", { scope: "row" }, cell) : el("td", kind(column), cell))))),
      ));
    }
    if (section.notes.length) parts.push(el("ul", {}, section.notes.map((note) => sentence(note, "li"))));
    return el("section", { class: "part" }, parts);
  });
}

/** Shows something in the dialog. */
export function show(title, ...content) {
  const dialog = byId("dialog");
  byId("dialog-title").textContent = title;
  byId("dialog-body").replaceChildren(...content);
  if (!dialog.open) dialog.showModal();
}

export const close = () => byId("dialog").close();

/** Tells a screen reader. */
export function say(text) {
  byId("status").textContent = text;
}

/** A notice at the top; one of a kind at a time. */
export function notice(kind, text, ...actions) {
  const old = document.querySelector(`#notices [data-kind="${kind}"]`);
  if (text === null) return old?.remove();
  const node = el("p", { class: "notice", "data-kind": kind, role: "status" }, text, " ", actions);
  if (old) old.replaceWith(node);
  else byId("notices").append(node);
}
