import { expect, test } from "vitest";
import { type EventFilters, isFiltering, NO_FILTERS, readFilters, toListInput, writeFilters } from "./event-filters.ts";

const EVERYTHING: EventFilters = {
  kinds: ["task.changed", "media.deleted"],
  states: ["failed"],
  receiver: "pull",
  taskId: "0123456789abcdef",
  created: { after: new Date("2026-01-02T03:04:05Z"), before: null },
};

test("every filter survives the address", () => {
  expect(readFilters(writeFilters(EVERYTHING, new URLSearchParams()))).toEqual(EVERYTHING);
});

test("no filter leaves nothing of itself in the address, and what else is there stays", () => {
  const search = writeFilters(EVERYTHING, new URLSearchParams("tab=events&event=e1"));
  expect(String(writeFilters(NO_FILTERS, search))).toBe("tab=events&event=e1");
  expect([isFiltering(NO_FILTERS), isFiltering(EVERYTHING)]).toEqual([false, true]);
});

test("an address that names what does not exist is read as if it did not", () => {
  const search = new URLSearchParams(`type=x,pull.completed&state=lost&created=2y&task=${"x".repeat(65)}`);
  expect(readFilters(search)).toEqual({ ...NO_FILTERS, kinds: ["pull.completed"] });
});

test("what is not filtered by is not asked for", () => {
  expect(toListInput(NO_FILTERS, new Date())).toEqual({});
  expect(toListInput({ ...NO_FILTERS, created: "1h" }, new Date("2026-06-01T12:00:59Z"))).toEqual({
    createdAfter: new Date("2026-06-01T11:00:00Z"),
  });
});
