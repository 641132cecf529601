/** `npm run bench`: what the product promises, measured on this machine. Times compare within one run only. */
import { makeClip } from "./clip.ts";
import { flow, overhead, timeToStart } from "./measures/runs.ts";
import { taskList } from "./measures/task-list.ts";
import { print } from "./report.ts";
import { startSystem } from "./system.ts";

const system = await startSystem();
try {
  const minute = await makeClip(system, { durationSeconds: 60, size: "1280x720" });
  const second = await makeClip(system, { durationSeconds: 1, size: "320x180" });
  print(await timeToStart(system, second));
  print(await overhead(system, minute));
  print(await flow(system, minute));
  for (const line of await taskList(system, second.mediaId)) print(line);
} finally {
  await system.stop();
}
