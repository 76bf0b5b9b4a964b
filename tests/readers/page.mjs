// Is every page readable for everybody, whole and quiet? In headless Chromium, with axe.
//
//   node tests/readers/page.mjs CHROMIUM page.html ...
//
// For each page: no violation of axe (WCAG 2.2 A and AA and good practice) by day, by night and narrow; no request
// leaves the page; nothing is wider than a narrow screen; without JavaScript the same text stands there.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, ...pages] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failed = false;
for (const file of pages) {
  const faults = [];
  const looks = [
    { name: "day", colorScheme: "light", viewport: { width: 1100, height: 900 } },
    { name: "night", colorScheme: "dark", viewport: { width: 1100, height: 900 } },
    { name: "narrow", colorScheme: "light", viewport: { width: 360, height: 740 } },
  ];
  let text;
  for (const { name, ...look } of looks) {
    const context = await browser.newContext({ ...look, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
        faults.push(`${name}: asks for ${request.url()}`);
      }
    });
    page.on("console", (message) => faults.push(`${name}: console: ${message.text()}`));
    await page.goto(pathToFileURL(file).href);
    text = await page.evaluate(() => document.body.innerText);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) faults.push(`${name}: ${wide} pixels wider than the screen`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document));
    for (const violation of found.violations) {
      faults.push(`${name}: ${violation.id}: ${violation.help} (${violation.nodes.length}: ${violation.nodes[0].target})`);
    }
    await context.close();
  }
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(pathToFileURL(file).href);
  const bare = (await page.content()).includes("</main>");
  if (!bare || !text || text.length < 2000) faults.push("hardly anything stands there");
  await plain.close();
  console.log(`${file}: ${faults.length} faults`);
  for (const fault of faults.slice(0, 20)) console.log("   " + fault);
  failed ||= faults.length > 0;
}
await browser.close();
process.exit(failed ? 1 : 0);
