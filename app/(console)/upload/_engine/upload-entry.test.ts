import { expect, test } from "vitest";
import { advance, type EntryEvent, newEntry, retryDelayMs, type UploadEntry } from "./upload-entry.ts";

const FILE = new File([new Uint8Array(1000)], "clip.mp4");

function after(...events: EntryEvent[]): UploadEntry {
  return events.reduce(advance, newEntry("1", FILE, null));
}

const START: EntryEvent = { type: "start" };
const ADMIT: EntryEvent = { type: "admit" };
const CREATE: EntryEvent = { type: "create", uploadUrl: "/api/uploads/1" };

function progress(sentBytes: number, atMs: number): EntryEvent {
  return { type: "progress", sentBytes, atMs };
}

test("the straight way ends with every byte sent", () => {
  const entry = after(START, ADMIT, CREATE, progress(0, 0), progress(400, 1000), { type: "finish" });
  expect(entry).toMatchObject({ state: "sent", sentBytes: 1000, uploadUrl: "/api/uploads/1" });
});

test("a report that comes after a pause changes nothing", () => {
  const paused = after(START, ADMIT, CREATE, progress(400, 1000), { type: "pause" });
  expect(advance(paused, progress(900, 2000))).toBe(paused);
  expect(advance(paused, { type: "finish" })).toBe(paused);
});

test("an upload the server made just as the user paused is kept, so that it can go on", () => {
  expect(after(START, ADMIT, { type: "pause" }, CREATE)).toMatchObject({
    state: "paused",
    uploadUrl: "/api/uploads/1",
  });
});

test("a lost connection keeps what was sent and counts tries until bytes move again", () => {
  const lost = after(START, ADMIT, CREATE, progress(0, 0), progress(400, 1000), { type: "lose" }, ADMIT, {
    type: "lose",
  });
  expect(lost).toMatchObject({ state: "reconnecting", sentBytes: 400, attempts: 2 });
  const resumed = [ADMIT, progress(400, 9000)].reduce(advance, lost);
  expect(resumed.attempts).toBe(2);
  expect(advance(resumed, progress(450, 9500)).attempts).toBe(0);
});

test("where a resumed transfer goes on from is not counted as speed", () => {
  const entry = after(START, ADMIT, progress(900, 100), progress(950, 1100));
  expect(entry.speed?.bytesPerSecond).toBeCloseTo(50);
});

test("an upload the server has lost starts from the first byte", () => {
  const entry = after(START, ADMIT, CREATE, progress(400, 1000), { type: "gone" });
  expect(entry).toMatchObject({ state: "queued", sentBytes: 0, uploadUrl: null });
});

test("a refused upload says why, and can be tried again", () => {
  const failure = { code: "UNAUTHORIZED", detail: "" } as const;
  const failed = after(START, ADMIT, { type: "fail", failure });
  expect(failed).toMatchObject({ state: "failed", failure });
  expect(advance(failed, { type: "resume" })).toMatchObject({ state: "queued", failure: null });
});

test("waits double up to half a minute and stay there", () => {
  expect([1, 2, 3, 6, 40].map(retryDelayMs)).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
});
