// Can a case be tried on the page of `rosi explore`, by anybody, and does the page hold what it promises?
//
//   node page.mjs CHROMIUM ROSI CASE PICTURES GERMAN
//
// In headless Chromium: opened by its address, read by axe by day, by night and narrow, moved by keys alone, typed into,
// switched, undone, compared, explained, written, followed when the file is edited, lost and come back to. Every figure
// that is shown is held against `rosi assess` of the changed file. No request leaves the page, nothing is logged, two
// hundred changes leave no memory behind, and the times of the answers are told. A German case has a page without a word
// of English.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, rosi, original, pictures, german] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), "rosi-explore-"));
const file = join(folder, "case.toml");
copyFileSync(original, file);

let passed = 0;
const faults = [];
function check(what, holds, detail = "") {
  if (holds) passed += 1;
  else faults.push(`${what}${detail === "" ? "" : `: ${detail}`}`);
}

const running = new Set();
function start(...more) {
  const child = spawn(rosi, ["explore", ...more, "--no-open"], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve({ child, address: text.split("\n")[0], port: new URL(text.split("\n")[0]).port });
    });
    child.on("exit", () => reject(new Error("rosi ended")));
  });
}
const end = (child) => new Promise((done) => { child.on("exit", done); child.kill("SIGINT"); });

/** The bytes that the program gives for the changed file. */
function assessed(text) {
  const changed = join(folder, "held-against.toml");
  writeFileSync(changed, text);
  return JSON.parse(execFileSync(rosi, ["--quiet", "assess", changed, "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 26 }));
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--enable-precise-memory-info", "--js-flags=--expose-gc"] });
let { child, address, port } = await start(file);

async function opened(look = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", acceptDownloads: true, ...look });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.host !== `127.0.0.1:${port}`) faults.push(`asks for ${request.url()}`);
  });
  page.on("console", (message) => {
    // A refusal is told by the browser too; the page shows it.
    if (!/status of 4\d\d|ERR_CONNECTION|ERR_EMPTY/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (fault) => faults.push(`script: ${fault.message}`));
  await page.goto(address);
  await page.waitForSelector("#options table");
  return page;
}

const settled = (page) => page.waitForFunction(() => document.body.dataset.working === "" && document.body.dataset.state === "current" && !document.querySelector(".picture")?.parentElement.classList.contains("old"), null, { timeout: 180_000 });
const changes = (page) => page.evaluate(() => {
  const hash = location.hash.slice(1).replaceAll("-", "+").replaceAll("_", "/");
  return hash ? JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0)))) : [];
});
const text = (page, selector) => page.locator(selector).innerText();
const value = (page) => text(page, "#options tbody tr:nth-child(2) td:nth-child(2) button");

/** Moves the first slider; how long until its figures stand there, in milliseconds. */
const answerTime = (page, round) => page.evaluate(async (round) => {
  const slider = document.querySelector("#list input[type=range]");
  const answer = document.querySelector("#answer");
  const began = performance.now();
  delete answer.dataset.took;
  slider.value = 60 + ((round * 37) % 120);
  slider.dispatchEvent(new Event("input"));
  slider.dispatchEvent(new Event("change"));
  while (!answer.dataset.took) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - began;
}, round);

/** A case of so many uninsured risks with one plan. */
function ofSize(risks) {
  let text = 'schema = 1\ntitle = "Risks"\ncurrency = "EUR"\n';
  for (let i = 1; i <= risks; i++) {
    text += `\n[[risk]]\nid = "r${i}"\nname = "Risk ${i}"\nfrequency = { low = "1 in ${i + 9} years", high = "1 in ${1 + (i % 4)} years" }\nloss.response = { min = "${i}k", likely = "${3 * i}k", max = "${15 * i}k" }\n`;
  }
  for (let i = 1; i <= Math.min(risks, 30); i++) {
    text += `\n[[control]]\nid = "c${i}"\nname = "Control ${i}"\n[[control.effect]]\nrisk = "r${i}"\non = "frequency"\nreduction = { min = "20%", likely = "40%", max = "70%" }\n[control.cost]\nyearly = "${i}k"\n`;
  }
  const ids = Array.from({ length: Math.min(risks, 30) }, (_, i) => `"c${i + 1}"`);
  return `${text}\n[[plan]]\nid = "all"\nname = "All"\ncontrols = [${ids.join(", ")}]\n`;
}

/** The figures of the page against those of the program. */
async function agrees(page, what) {
  await settled(page);
  const list = await changes(page);
  const answer = await page.evaluate(async (list) => {
    const headers = { "content-type": "application/json", "x-rosi-token": document.querySelector("meta[name=rosi-token]").content };
    const ask = (path, body) => fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await (await ask("/api/text", { changes: list })).text();
    const year = await (await ask("/api/answer", { changes: list, stage: "year" })).json();
    return { text, year };
  }, list);
  check(`${what}: the answer is that of rosi assess`, JSON.stringify(answer.year.assessment) === JSON.stringify(assessed(answer.text)));
  const cells = await page.locator("#options tbody tr:nth-child(2) td button").allInnerTexts();
  const wanted = answer.year.options[1].figures.filter((figure) => figure.key).map((figure) => figure.text);
  check(`${what}: the page shows it to the digit`, JSON.stringify(cells) === JSON.stringify(wanted), `${cells} for ${wanted}`);
}

async function readable(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${name}: nothing is wider than the screen`, wide <= 1, `${wide} pixels`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  for (const one of found.violations) faults.push(`${name}: ${one.id}: ${one.help} (${one.nodes.length}: ${one.nodes[0].target})`);
  passed += found.passes.length > 0 ? 1 : 0;
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Words of English that no German page has. */
const ENGLISH = /(^|[^\p{L}])(the|of|and|is|are|with|by|for|from|than|this|that|which|has|its|it|at|to|not|year|years|loss|cost|costs|today|more|less|how|what|each|would|where|without|chance|average|bad|worth|control|controls|risk|risks|plan of|before|after|none|value|source|within|above|below|over|does|month|hours|undo|back|take|write|show|keep|changed|nothing|figures?)(?=[^\p{L}]|$)/giu;

/** What stands on the page, and what a screen reader says of it, but for keys, the file's own text and its faults. */
const spoken = (page) => page.evaluate(() => {
  const said = [document.title];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return said.push(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE", "CODE", "NOSCRIPT"].includes(node.tagName) || node.lang === "en") return undefined;
    for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) if (node.hasAttribute(name)) said.push(node.getAttribute(name));
    if (node.tagName === "INPUT" && node.type === "text" && !node.readOnly) said.push(node.id === "new-name" ? "" : node.value);
    return node.childNodes.forEach(walk);
  };
  walk(document.body);
  return said.map((one) => one.trim()).filter(Boolean);
});

function holdsNoEnglish(what, all) {
  // What is typed is typed as it is: keys, commands, and the form of a start.
  const plain = (text) => text.replace(/\b[a-z_]+(\.[\p{L}\d_ -]+)+/giu, "").replace(/`[^`]*`|“(year|month) \d+”|„(year|month) \d+“|rosi [a-z]+( [a-z]+)?|--[a-z]+|^year 1$|^3 years$|^year-end$/g, "");
  const left = [...new Set(all)].filter((text) => plain(text).match(ENGLISH));
  check(`${what}: no English is left`, left.length === 0, left.slice(0, 12).map((text) => text.slice(0, 140)).join(" | "));
}

async function speaksGerman() {
  const fall = join(folder, "fall.toml");
  copyFileSync(german, fall);
  ({ child, address, port } = await start(fall));
  const looks = [
    { name: "german-day", colorScheme: "light" },
    { name: "german-night", colorScheme: "dark" },
    { name: "german-phone", colorScheme: "light", viewport: { width: 360, height: 800 } },
    { name: "german-phone-night", colorScheme: "dark", viewport: { width: 360, height: 800 } },
    { name: "german-small-phone", colorScheme: "light", viewport: { width: 320, height: 640 } },
  ];
  for (const { name, ...look } of looks) {
    const page = await opened(look);
    await settled(page);
    check(`${name}: the page says its language`, (await page.evaluate(() => document.documentElement.lang)) === "de");
    await readable(page, name);
    holdsNoEnglish(name, await spoken(page));
    await page.context().close();
  }
  const page = await opened();
  await settled(page);
  check("numbers are written as readers of German expect", /−?\d{1,3}(\.\d{3})+ EUR/.test(await text(page, "#headline")), await text(page, "#headline"));
  await page.locator("#all").click();
  for (const one of await page.locator("#settings summary, #sections summary, #caution summary").all()) if (await one.isVisible()) await one.click();
  holdsNoEnglish("everything open", await spoken(page));
  await readable(page, "german-open");
  const field = page.locator("#list .input", { hasText: "Phishing: Häufigkeit" }).locator("input[type=text]");
  await field.fill("1-mal in 8 Jahren");
  await field.press("Enter");
  await page.waitForFunction(() => document.querySelector("#changed").innerText.includes("1-mal in 8 Jahren"));
  await agrees(page, "a German case");
  await page.getByLabel("Kernpaket: Verschlüsselte Notebooks", { exact: true }).uncheck();
  await page.getByLabel("Selbstbehalt", { exact: true }).fill("20 Tsd.");
  await page.getByLabel("Selbstbehalt", { exact: true }).press("Enter");
  await page.locator("#variant-name").fill("Seltener");
  await page.locator("#variants button", { hasText: "merken" }).click();
  await settled(page);
  holdsNoEnglish("changed", await spoken(page));
  await readable(page, "german-changed");
  await field.fill("oft");
  await field.press("Enter");
  await page.waitForSelector("#faults .fault");
  holdsNoEnglish("a fault", await spoken(page));
  await page.locator("#faults button").first().click();
  await page.waitForFunction(() => !document.querySelector("#faults .fault"));
  // The room.
  await page.locator("#list .input", { hasText: "Phishing: Bewältigung" }).locator("button", { hasText: "schätzen" }).click();
  const give = async (person, low, high) => {
    await page.getByLabel("Ihr Name").fill(person);
    await page.getByLabel("darunter").fill(low);
    await page.getByLabel("darüber").fill(high);
    await page.locator("#dialog-body button[type=submit]").click();
  };
  await page.getByLabel("Anzahl der Personen").fill("2");
  await give("Anna", "viel", "90 Tsd.");
  await page.waitForSelector("#dialog-body .fault");
  holdsNoEnglish("a range at fault", await spoken(page));
  await give("Anna", "10 Tsd.", "90 Tsd.");
  await page.waitForFunction(() => document.querySelector("#dialog-body").innerText.includes("1 von 2"));
  holdsNoEnglish("the room", await spoken(page));
  await readable(page, "german-room");
  await give("Ben", "40 Tsd.", "300 Tsd.");
  await page.waitForFunction(() => document.querySelector("#dialog-body form").hidden);
  check("who has answered last is asked no more", !(await page.locator("#dialog-body form").isVisible()));
  holdsNoEnglish("the pooled range", await spoken(page));
  await page.locator("#dialog-body button", { hasText: "übernehmen" }).click();
  await agrees(page, "a German case with the pooled range");
  for (const name of ["Link", "Als neue Datei", "In die Datei", "Unterschiede"]) {
    await page.locator("#saving button", { hasText: name }).first().click();
    await page.waitForFunction(() => document.querySelector("#dialog").open && document.querySelector("#dialog-body").innerText.length > 20);
    // Lines of the file are the file's.
    const said = await spoken(page);
    const lines = new Set(await page.locator("#dialog-body .diff td").allInnerTexts());
    holdsNoEnglish(name, said.filter((one) => !lines.has(one)));
    await page.keyboard.press("Escape");
  }
  await page.locator("#present").click();
  await readable(page, "german-present");
  await page.locator("#present").click();
  // In another language the page comes anew, with the changes.
  const kept = await changes(page);
  writeFileSync(fall, readFileSync(fall, "utf8").replace('language = "de"', ""));
  await page.waitForFunction(() => document.documentElement.lang === "en" && document.querySelector("#options table"));
  check("another language keeps the changes", JSON.stringify(await changes(page)) === JSON.stringify(kept));
  await page.context().close();
  await end(child);
}

try {
  // Looks.
  const looks = [
    { name: "day", colorScheme: "light" },
    { name: "night", colorScheme: "dark" },
    { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
    { name: "phone-night", colorScheme: "dark", viewport: { width: 390, height: 844 } },
    { name: "small-phone", colorScheme: "light", viewport: { width: 320, height: 640 } },
    { name: "large", colorScheme: "light", viewport: { width: 1920, height: 1080 } },
    { name: "wall", colorScheme: "dark", viewport: { width: 3840, height: 2160 } },
  ];
  for (const { name, ...look } of looks) {
    const page = await opened(look);
    await settled(page);
    await readable(page, name);
    await page.context().close();
  }

  const page = await opened();
  await settled(page);
  check("the secret is not in the address", !page.url().includes("key="), page.url());
  const before = await value(page);
  await agrees(page, "untouched");

  // By keys alone: a slider.
  const slider = page.locator("#list input[type=range]").first();
  await slider.focus();
  for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowRight");
  await page.waitForFunction((before) => document.querySelector("#options tbody tr:nth-child(2) td:nth-child(2) button").innerText !== before, before);
  check("a slider moves by keys and the figure of the file stands beside", (await text(page, "#headline")).includes(`your case ${before}`), await text(page, "#headline"));
  await agrees(page, "after a slider");
  check("a screen reader is told", (await page.locator("#status").textContent()).includes("your case"));
  await readable(page, "changed");

  // Typed, as a file reads it; and what is no quantity.
  const field = page.locator("#list .input", { hasText: "Phishing: frequency" }).locator("input[type=text]");
  await field.fill("1 in 8 years");
  await field.press("Enter");
  await page.waitForFunction(() => document.querySelector("#changed").innerText.includes("1 in 8 years"));
  await agrees(page, "after typing");
  await field.fill("often");
  await field.press("Enter");
  await page.waitForSelector("#faults .fault");
  check("a fault is told with a cure", (await text(page, "#faults")).length > 60);
  await readable(page, "fault");
  await page.locator("#faults button", { hasText: "Take back" }).click();
  await page.waitForFunction(() => !document.querySelector("#faults .fault"));
  await field.fill("1 per year to 4 per year");
  await field.press("Enter");
  await page.waitForFunction(() => !document.querySelector("#faults .fault") && document.querySelector("#changed").innerText.includes("Phishing: frequency"));
  await agrees(page, "after a range");

  // Undo, redo, back.
  const all = (await changes(page)).length;
  await page.locator("#undo").click();
  check("undo takes the last change back", (await changes(page)).length === all - 1);
  await page.locator("#redo").click();
  check("redo brings it again", (await changes(page)).length === all);
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  check("undo by keys", (await changes(page)).length === all - 1);
  await page.locator("#reset").click();
  await page.waitForFunction((before) => document.querySelector("#options tbody tr:nth-child(2) td:nth-child(2) button").innerText === before, before);
  check("back to the file is back to its figures", (await value(page)) === before);

  // Switches, starts, terms.
  await page.getByLabel("Sign-in that cannot be phished in Core", { exact: true }).uncheck();
  await page.waitForFunction(() => document.querySelector("#changed").innerText.includes("backup"));
  await agrees(page, "without a control");
  await page.getByLabel("Sign-in that cannot be phished in Core", { exact: true }).check();
  await page.getByLabel("Start of Sign-in that cannot be phished in Core").fill("year 2");
  await page.getByLabel("Start of Sign-in that cannot be phished in Core").press("Enter");
  await agrees(page, "with a start");
  await page.locator("#settings summary", { hasText: "Policies" }).click();
  await page.getByLabel("retention", { exact: true }).fill("20k");
  await page.getByLabel("retention", { exact: true }).press("Enter");
  await agrees(page, "with another policy");
  await page.locator("#settings summary", { hasText: "whole case" }).click();
  await page.getByLabel("horizon", { exact: true }).fill("5 years");
  await page.getByLabel("horizon", { exact: true }).press("Enter");
  await agrees(page, "over five years");

  // Variants, explanations, what flips it.
  await page.locator("#variant-name").fill("Five years");
  await page.locator("button", { hasText: "Keep what is shown as a variant" }).click();
  check("a variant stands beside the case", (await text(page, "#variants")).includes("Five years"));
  await page.locator("#reset").click();
  await settled(page);
  await page.locator("#options button.figure").first().click();
  await page.waitForFunction(() => document.querySelector("#dialog-body h3"));
  check("a figure explains itself", (await text(page, "#dialog-body")).length > 80);
  await readable(page, "explained");
  await page.keyboard.press("Escape");
  check("Escape closes", !(await page.locator("#dialog").isVisible()));
  const flip = page.locator("#list button", { hasText: "What flips it" }).first();
  await flip.click();
  await page.waitForFunction((before) => document.querySelector("#options tbody tr:nth-child(2) td:nth-child(2) button").innerText !== before, before);
  const number = Math.abs(Number((await value(page)).replaceAll(",", "").replace("−", "-")));
  check("what flips it leaves the option worth next to nothing", number < 0.05 * Math.abs(Number(before.replaceAll(",", ""))), await value(page));
  await page.locator("#reset").click();
  await settled(page);

  // The presenter's view.
  await page.locator("#present").click();
  check("few words are left", !(await page.locator("#terms").isVisible()) && (await page.locator("#headline .big").isVisible()));
  await readable(page, "present");
  await page.locator("#present").click();

  // The room.
  await page.locator("#list .input", { hasText: "Phishing: response" }).locator("button", { hasText: "Ask the room" }).click();
  const give = async (people, person, low, high) => {
    await page.getByLabel("How many people").fill(String(people));
    await page.getByLabel("Your name").fill(person);
    await page.getByLabel("hardly ever below").fill(low);
    await page.getByLabel("hardly ever above").fill(high);
    await page.locator("button", { hasText: "Give this range" }).click();
  };
  await give(2, "Ann", "10k", "90k");
  await page.waitForFunction(() => document.querySelector("#dialog-body").innerText.includes("1 of 2"));
  check("a range is hidden until all are in", !(await text(page, "#dialog-body")).includes("90k"));
  await readable(page, "room");
  await page.getByLabel("Your name").fill("Ben");
  await page.getByLabel("hardly ever below").fill("40k");
  await page.getByLabel("hardly ever above").fill("300k");
  await page.locator("button", { hasText: "Give this range" }).click();
  await page.locator("button", { hasText: "Take the pooled range" }).click();
  await agrees(page, "with the pooled range");

  // Kept: the difference, a download, the file itself, a reload.
  await page.locator("button", { hasText: "See the difference" }).click();
  await page.waitForSelector("#dialog-body .diff .new");
  await readable(page, "difference");
  await page.keyboard.press("Escape");
  const [saved] = await Promise.all([page.waitForEvent("download"), page.locator("button", { hasText: "Save as a download" }).click()]);
  check("the changed case is a download", saved.suggestedFilename() === "case-changed.toml", saved.suggestedFilename());
  const [paper] = await Promise.all([page.waitForEvent("download", { timeout: 180_000 }), page.locator("button", { hasText: "Board paper (page)" }).click()]);
  const sheet = readFileSync(await paper.path(), "utf8");
  check("the paper says what was changed", sheet.includes("This paper is of a changed case"));
  const kept = await changes(page);
  await page.reload();
  await page.waitForSelector("#options table");
  check("a reload keeps the changes", JSON.stringify(await changes(page)) === JSON.stringify(kept));
  check("and the variants", (await text(page, "#variants")).includes("Five years"));
  await settled(page);
  await page.locator("button", { hasText: "Write into the file" }).click();
  await page.locator("button", { hasText: "Write them into the file" }).click();
  await page.waitForFunction(() => document.querySelector("#notices").innerText.includes("is written"));
  const written = readFileSync(file, "utf8");
  check("the file has the change and its remarks", written !== readFileSync(original, "utf8") && written.includes("# From the invoices of last year.") && written.includes("# three offers"));

  // Edited in the file while open; a second page keeps its own changes.
  const other = await opened();
  const own = other.locator("#list .input", { hasText: "Phishing: frequency" }).locator("input[type=text]");
  await own.fill("1 per year");
  await own.press("Enter");
  await settled(other);
  writeFileSync(file, written.replace("A small case", "Edited elsewhere"));
  for (const one of [page, other]) await one.waitForFunction(() => document.querySelector("#title").innerText === "Edited elsewhere");
  check("the second page keeps its own change", (await changes(other)).length === 1 && (await text(other, "#changed")).includes("Phishing: frequency"));
  await agrees(other, "after an edit elsewhere");
  writeFileSync(file, written.replace("yearly = \"1k\"", "yearly = \"a lot\""));
  await page.waitForSelector("#faults .fault");
  check("a fault in the file is shown with its place", (await page.locator("#faults pre").textContent()).includes("a lot"));
  writeFileSync(file, written);
  await page.waitForFunction(() => !document.querySelector("#faults .fault"));

  // Two hundred changes in a row: no memory is left behind, and the times of the answers.
  const memory = () => page.evaluate(() => { window.gc?.(); return performance.memory.usedJSHeapSize; });
  const program = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0);
  const times = [];
  const move = async (round) => times.push(await answerTime(page, round));
  for (let round = 0; round < 30; round++) await move(round);
  await settled(page);
  const [pageBefore, programBefore] = [await memory(), program()];
  for (let round = 30; round < 230; round++) await move(round);
  await settled(page);
  const [pageAfter, programAfter] = [await memory(), program()];
  check("the page does not grow", pageAfter < pageBefore * 1.5 + 4e6, `${pageBefore} to ${pageAfter} bytes`);
  check("rosi does not grow", programAfter < programBefore * 1.3 + 20_000, `${programBefore} to ${programAfter} kB`);
  times.sort((a, b) => a - b);
  console.log(`answers of ${times.length} changes: middle ${times[Math.floor(times.length / 2)].toFixed(0)} ms, 95th percentile ${times[Math.floor(times.length * 0.95)].toFixed(0)} ms`);
  check("undo still leads back", await page.locator("#undo").isEnabled());

  // Lost, and come back to.
  const kept2 = await changes(page);
  await end(child);
  await page.waitForFunction(() => document.querySelector("#notices").innerText.includes("rosi has ended"), null, { timeout: 60_000 });
  ({ child, address, port } = await start(file, "--port", port));
  const back = await page.context().newPage();
  await back.goto(address);
  await back.waitForSelector("#options table");
  await back.locator("button", { hasText: "Take up again" }).click();
  await settled(back);
  check("what was changed is there again", JSON.stringify(await changes(back)) === JSON.stringify(kept2));

  // A German case: nothing of English anywhere on the page, in what a screen reader says, or in a dialog.
  for (const context of browser.contexts()) await context.close();
  await end(child);
  await speaksGerman();

  // The times of the answers for cases of several sizes.
  for (const risks of [3, 30, 300]) {
    const sized = join(folder, `risks-${risks}.toml`);
    writeFileSync(sized, ofSize(risks));
    ({ child, address, port } = await start(sized));
    const one = await opened();
    await settled(one);
    const took = [];
    for (let round = 0; round < (risks > 100 ? 20 : 40); round++) took.push(await answerTime(one, round));
    took.sort((a, b) => a - b);
    const at = (share) => took[Math.floor(took.length * share)].toFixed(0);
    console.log(`${risks} risks: an answer in ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`);
    await one.context().close();
    await end(child);
  }
} catch (fault) {
  faults.push(`broke off: ${fault.stack.split("\n").filter((line) => !line.includes("node_modules")).slice(0, 3).join(" ")}`);
} finally {
  for (const one of running) one.kill();
  await browser.close();
}
console.log(`${passed} passed, ${faults.length} failed`);
for (const fault of faults.slice(0, 40)) console.log("   " + fault);
process.exit(faults.length ? 1 : 0);
