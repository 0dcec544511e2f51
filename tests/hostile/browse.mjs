// Opens pages in Chromium and prints as JSON what happens besides their being shown: { file: [event] }, an event being a
// dialog, a request that leaves the page, a message of the browser, a download, a window, or a change of address.
// usage: node browse.mjs PLAYWRIGHT CHROMIUM FILE...
import { pathToFileURL } from "node:url";

const [library, executablePath, ...files] = process.argv.slice(2);
const { chromium } = (await import(pathToFileURL(library))).default;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const found = {};
for (const file of files) {
  const events = (found[file] = []);
  const address = pathToFileURL(file).href;
  const page = await browser.newPage();
  page.on("dialog", (dialog) => {
    events.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => request.url() === address || events.push(`request: ${request.url()}`));
  page.on("console", (message) => events.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => events.push(`error: ${error.message}`));
  page.on("download", () => events.push("download"));
  page.on("popup", () => events.push("window"));
  await page.goto(address);
  // Whoever reads moves over the page, and clicks.
  await page.mouse.move(200, 200);
  await page.mouse.click(5, 5);
  if (page.url() !== address) events.push(`address: ${page.url()}`);
  await page.close();
}
await browser.close();
process.stdout.write(JSON.stringify(found));
