import { expect, test } from "vitest";
import {
  endpointPauseAfter,
  isUnreachable,
  notificationKindOf,
  pauseAfter,
  RETRY_PAUSES_MS,
  type ToldTask,
} from "./notification.ts";

test("tries are spread over three days, each pause at least as long as the one before", () => {
  const total = RETRY_PAUSES_MS.reduce((sum, pause) => sum + pause, 0);
  expect(total / 3_600_000).toBeGreaterThan(70);
  expect(total / 3_600_000).toBeLessThanOrEqual(72);
  expect([...RETRY_PAUSES_MS].sort((a, b) => a - b)).toEqual(RETRY_PAUSES_MS);
});

test("a pause is up to a tenth shorter or longer by chance, and there is none after the last attempt", () => {
  expect([pauseAfter(3, null, 0), pauseAfter(3, null, 0.5), pauseAfter(3, null, 1)]).toEqual([27_000, 30_000, 33_000]);
  expect(pauseAfter(RETRY_PAUSES_MS.length, null, 0.5)).toBe(24 * 3_600_000);
  expect(pauseAfter(RETRY_PAUSES_MS.length + 1, 5_000, 0.5)).toBeNull();
});

test("who asks for patience gets it, but not for ever, and never less than there would have been", () => {
  expect(pauseAfter(1, 90_000, 0.5)).toBe(90_000);
  expect(pauseAfter(1, 10 * 24 * 3_600_000, 0.5)).toBe(24 * 3_600_000);
  expect(pauseAfter(5, 1_000, 0.5)).toBe(600_000);
  expect(endpointPauseAfter(1, 90_000)).toBe(90_000);
});

test("an endpoint is left alone once it has failed often in a row, at most ten minutes at a time", () => {
  expect([0, 7, 8].map(isUnreachable)).toEqual([false, false, true]);
  expect([7, 8, 9, 13, 100].map((count) => endpointPauseAfter(count, null))).toEqual([
    0, 10_000, 30_000, 600_000, 600_000,
  ]);
});

test("of a task its end is told, each end of a subtask by wish, and nothing of what was cancelled", () => {
  const task = (notifyMode: ToldTask["notifyMode"], ...kinds: string[]) => ({ notifyMode, kinds });
  const told = (type: Parameters<typeof notificationKindOf>[0]["type"], of: ToldTask, state?: string) =>
    notificationKindOf({ type, ...(state === undefined ? {} : { state }) }, of);
  expect(told("task.finished", task("finish", "transcode"), "succeeded")).toBe("task.changed");
  expect(told("task.finished", task("change", "sprite", "transcode"), "failed")).toBe("task.changed");
  expect(told("task.finished", task("none", "transcode"), "failed")).toBeNull();
  expect(told("task.finished", task("finish", "transcode"), "cancelled")).toBeNull();
  expect(told("task.finished", task("finish"), "succeeded")).toBe("task.changed");
  expect(told("task.finished", task("finish", "edit"), "succeeded")).toBe("edit.completed");
  expect(told("task.finished", task("change", "split"), "succeeded")).toBe("split.completed");
  expect(told("task.finished", task("change", "compose"), "succeeded")).toBe("compose.completed");
  expect(told("task.finished", task("finish", "edit", "transcode"), "succeeded")).toBe("task.changed");
  expect(told("subtask.succeeded", task("change", "transcode"))).toBe("task.changed");
  expect(told("subtask.failed", task("change", "transcode"))).toBe("task.changed");
  expect(told("subtask.succeeded", task("finish", "transcode"))).toBeNull();
  expect(told("subtask.succeeded", task("change", "split"))).toBeNull();
  expect(told("subtask.cancelled", task("change", "transcode"))).toBeNull();
  expect(told("subtask.processing", task("change", "transcode"))).toBeNull();
});

test("a media is told of where nothing else tells of it", () => {
  const sources = ["upload", "sample", "record", "pull", "edit", "output"];
  expect(sources.map((source) => notificationKindOf({ type: "media.created", source }, null))).toEqual([
    ...["media.uploaded", "media.uploaded", "media.uploaded"],
    ...[null, null, null],
  ]);
});
