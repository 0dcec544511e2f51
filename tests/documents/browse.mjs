// Opens pages in Chromium, light and dark, at the widths of a telephone, a tablet and a desk; prints as JSON what is
// wrong with each: { file: [problem] }, a problem being a violation of axe-core, a page that scrolls sideways, a request
// that leaves the page, or a message of the browser.
// usage: node browse.mjs PLAYWRIGHT AXE CHROMIUM FILE...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, axe, executablePath, ...files] = process.argv.slice(2);
const { chromium } = (await import(pathToFileURL(library))).default;
const AXE = readFileSync(axe, "utf-8");
const WIDTHS = [320, 768, 1200];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// As many pages at once as the smallest machine has cores.
const AT_ONCE = 2;

const violations = (tags) =>
  axe
    .run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], preload: false })
    .then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`));
// A picture that the policy of the page forbids has no size.
const hidden = () => [...document.images].filter((one) => !one.naturalWidth).map((one) => one.alt);
const isTooWide = () => document.documentElement.scrollWidth > window.innerWidth;

async function look(page, file) {
  const problems = [];
  const address = pathToFileURL(file).href;
  page.removeAllListeners();
  page.on("request", (request) => request.url() === address || problems.push(`request: ${request.url()}`));
  page.on("console", (message) => problems.push(`console: ${message.text()}`));
  await page.goto(address);
  problems.push(...(await page.evaluate(hidden)).map((alt) => `picture: ${alt}`));
  await page.evaluate(AXE);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    if (await page.evaluate(isTooWide)) problems.push(`scroll: ${width}`);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(violations, TAGS);
      problems.push(...found.map((one) => `axe ${width} ${colorScheme} ${one}`));
    }
  }
  return problems;
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const found = {};
const waiting = [...files];
async function work() {
  const page = await browser.newPage();
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) found[file] = await look(page, file);
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
process.stdout.write(JSON.stringify(found));
