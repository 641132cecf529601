/**
 * `npm run bench`: what the product promises, measured on this machine. Times compare within one run only.
 * `npm run bench -- overhead list` measures only these.
 */
import { makeClip, makeFilmLikeClip } from "./clip.ts";
import { api } from "./measures/api.ts";
import { estimate } from "./measures/estimate.ts";
import { events } from "./measures/events.ts";
import { overhead, timeToStart } from "./measures/runs.ts";
import { flow, memory, oneDecode } from "./measures/sharing.ts";
import { taskList } from "./measures/task-list.ts";
import { type Line, print } from "./report.ts";
import { type BenchSystem, startSystem } from "./system.ts";

const minute = { durationSeconds: 60, size: "1280x720" };
const film = { durationSeconds: 60, widthPx: 1920, heightPx: 1080 };
const fourK = { durationSeconds: 2, widthPx: 3840, heightPx: 2160 };
const second = { durationSeconds: 1, size: "320x180" };

const MEASURES: Record<string, (system: BenchSystem) => Promise<Line[]>> = {
  start: async (system) => [await timeToStart(system, await makeClip(system, second))],
  overhead: async (system) => [await overhead(system, await makeClip(system, minute))],
  flow: async (system) => [await flow(system, await makeClip(system, minute))],
  "one-decode": async (system) => oneDecode(system, await makeFilmLikeClip(system, film)),
  memory: async (system) => memory(system, await makeFilmLikeClip(system, fourK)),
  estimate,
  events: async (system) => events(system, (await makeClip(system, second)).mediaId),
  list: async (system) => taskList(system, (await makeClip(system, second)).mediaId),
  api: async (system) => api(system, (await makeClip(system, second)).mediaId),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in MEASURES));
if (unknown.length > 0)
  throw new Error(`No measure ${unknown.join(", ")}; there are ${Object.keys(MEASURES).join(", ")}.`);

const system = await startSystem();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void system.stop().then(() => process.exit(1)));
}
try {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (asked.length === 0 || asked.includes(name)) for (const line of await measure(system)) print(line);
  }
} finally {
  await system.stop();
}
