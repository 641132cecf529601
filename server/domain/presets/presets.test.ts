import { expect, test } from "vitest";
import { expandSteps } from "../procedure.ts";
import { CUSTOM_DEFINITION_MIN, template } from "../template.ts";
import { PRESET_PROCEDURES } from "./procedures.ts";
import { PRESET_TEMPLATES, presetTemplate } from "./templates.ts";

test("no two presets of a family share a number, and none has a custom one", () => {
  const keys = PRESET_TEMPLATES.map(({ family, definition }) => `${family} ${definition}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(Math.max(...PRESET_TEMPLATES.map(({ definition }) => definition))).toBeLessThan(CUSTOM_DEFINITION_MIN);
});

test("every preset is a template that a user could have made", () => {
  for (const { kind, params } of PRESET_TEMPLATES) expect(template.parse({ kind, params })).toEqual({ kind, params });
});

test.each(PRESET_PROCEDURES)("$name expands to subtasks that can all be tried", ({ body }) => {
  const drafts = expandSteps(body.steps, presetTemplate);
  expect(drafts).toMatchObject({ value: body.steps.map(() => ({ failure: null })) });
});

test("the numbers of the public tables mean what the tables say", () => {
  expect(presetTemplate("transcode", 100030)).toMatchObject({
    name: "MP4-HD-720P",
    params: { container: "mp4", video: { heightPx: 720, widthPx: 0, bitrateKbps: 1800, framesPerSecond: 25 } },
  });
  expect(presetTemplate("transcode", 10_047)).toMatchObject({
    params: { container: "flv", video: { widthPx: 640, gop: 240 }, audio: { codec: "mp3", bitrateKbps: 48 } },
  });
  expect(presetTemplate("transcode", 630)).toMatchObject({
    name: "HLS-H265-HD",
    params: { container: "hls", video: { codec: "h265", heightPx: 720, resolutionAdaptive: false } },
  });
  expect(presetTemplate("sprite", 10)).toMatchObject({
    params: { interval: { unit: "seconds", value: 10 }, widthPx: 142, heightPx: 80, rows: 10, columns: 10 },
  });
  expect(presetTemplate("animated-graphic", 20_000)).toMatchObject({ params: { format: "gif", framesPerSecond: 2 } });
  expect(presetTemplate("animated-graphic", 20_001)).toMatchObject({ params: { format: "webp", framesPerSecond: 2 } });
  expect(presetTemplate("adaptive-streaming", 10)).toMatchObject({
    params: { container: "hls", disableHigherResolution: true, segmentType: "ts", segmentSeconds: 6 },
  });
  expect(presetTemplate("adaptive-streaming", 20)).toMatchObject({
    params: { container: "dash", disableHigherResolution: false },
  });
  expect(presetTemplate("sampled-snapshot", 900_001)).toMatchObject({ params: { interval: { unit: "scenes" } } });
  expect(presetTemplate("transcode", 12345)).toBeUndefined();
});
