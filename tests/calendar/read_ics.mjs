// Reads calendars with ical.js and the VTIMEZONE of each file alone; prints their instants as JSON:
// { file: { uid: [start, end] } }, in seconds since 1970.
// usage: node read_ics.mjs ICAL.JS FILE...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...files] = process.argv.slice(2);
const ICAL = (await import(pathToFileURL(library))).default;
ICAL.design.strict = true;

function read(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf-8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  return Object.fromEntries(events.map((e) => [e.uid, [e.startDate.toUnixTime(), e.endDate.toUnixTime()]]));
}

process.stdout.write(JSON.stringify(Object.fromEntries(files.map((file) => [file, read(file)]))));
