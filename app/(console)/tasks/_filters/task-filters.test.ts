import { expect, test } from "vitest";
import { isFiltering, NO_FILTERS, readFilters, type TaskFilters, toListInput, writeFilters } from "./task-filters.ts";

const EVERYTHING: TaskFilters = {
  search: "clip 1",
  states: ["processing", "failed"],
  failedSubtask: true,
  procedure: "任务流",
  kinds: ["transcode", "sprite"],
  startedBy: ["console"],
  mediaId: "1234567890123456789",
  created: { after: new Date("2026-01-02T03:04:05Z"), before: null },
};

test("every filter survives the address", () => {
  expect(readFilters(writeFilters(EVERYTHING, new URLSearchParams()))).toEqual(EVERYTHING);
  const moving: TaskFilters = { ...NO_FILTERS, created: "24h" };
  expect(readFilters(writeFilters(moving, new URLSearchParams()))).toEqual(moving);
});

test("no filter leaves nothing of itself in the address, and what else is there stays", () => {
  const search = writeFilters(EVERYTHING, new URLSearchParams("subtask=s1"));
  expect(String(writeFilters(NO_FILTERS, search))).toBe("subtask=s1");
});

test("an address that names what does not exist is read as if it did not", () => {
  const filters = readFilters(new URLSearchParams("state=failed,exploded&kind=x&created=2y&from=yesterday&failed=yes"));
  expect(filters).toEqual({ ...NO_FILTERS, states: ["failed"] });
});

test("filtering is told from not filtering", () => {
  expect(isFiltering(NO_FILTERS)).toBe(false);
  expect(isFiltering({ ...NO_FILTERS, created: "1h" })).toBe(true);
});

test("within a minute a moving range asks the same question", () => {
  const filters: TaskFilters = { ...NO_FILTERS, created: "1h" };
  const ask = (time: string) => toListInput(filters, new Date(time)).createdAfter;
  expect(ask("2026-06-01T12:00:59Z")).toEqual(new Date("2026-06-01T11:00:00Z"));
  expect(ask("2026-06-01T12:00:01Z")).toEqual(ask("2026-06-01T12:00:59Z"));
});
