import { expect, test } from "vitest";
import { valueAt, withValueAt } from "./draft.ts";

const DRAFT = { container: "mp4", video: { widthPx: 640, codec: "h264" }, positions: [{ value: 1 }, { value: 2 }] };

test("one place changes and the draft that was stays as it was", () => {
  const changed = withValueAt(DRAFT, ["video", "widthPx"], 1280);
  expect(changed).toEqual({ ...DRAFT, video: { widthPx: 1280, codec: "h264" } });
  expect(DRAFT.video.widthPx).toBe(640);
});

test("what did not change keeps its identity", () => {
  expect(withValueAt(DRAFT, ["container"], "hls").video).toBe(DRAFT.video);
});

test("a place inside a list is reached by its number", () => {
  expect(withValueAt(DRAFT, ["positions", 1, "value"], 9).positions).toEqual([{ value: 1 }, { value: 9 }]);
  expect(valueAt(DRAFT, ["positions", 1, "value"])).toBe(2);
});

test("undefined takes a field out, null stays", () => {
  expect(withValueAt(DRAFT, ["video", "widthPx"], undefined).video).toEqual({ codec: "h264" });
  expect(withValueAt(DRAFT, ["video"], null).video).toBeNull();
});

test("a group that was left out comes back with what is put in", () => {
  expect(withValueAt({ video: null }, ["video", "widthPx"], 320)).toEqual({ video: { widthPx: 320 } });
});

test("a place that is not there has no value", () => {
  expect(valueAt(DRAFT, ["video", "widthPx", "more"])).toBeUndefined();
  expect(valueAt({ video: null }, ["video", "widthPx"])).toBeUndefined();
});
