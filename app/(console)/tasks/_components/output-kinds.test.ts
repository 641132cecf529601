import { expect, test } from "vitest";
import { playerSourceOf, viewOf } from "./output-kinds.ts";

test("both kinds of playlist are played, DASH by the HLS playlist of the same segments", () => {
  for (const name of ["stream.m3u8", "stream.mpd"]) {
    expect(viewOf({ role: "playlist", contentType: "" })).toBe("play");
    expect(playerSourceOf({ role: "playlist", url: `/files/token/${name}` })).toEqual({
      url: "/files/token/stream.m3u8",
      kind: "hls",
    });
  }
});

test("a report that comes to a verdict has a page of its own, others are text", () => {
  const output = { role: "report", contentType: "application/json" } as const;
  expect(viewOf({ ...output, facts: { verdict: "passed" } })).toBe("report");
  expect(viewOf({ ...output, facts: {} })).toBe("text");
});

test("a moving picture is looked at like any other", () => {
  expect(viewOf({ role: "image", contentType: "image/gif" })).toBe("picture");
});
