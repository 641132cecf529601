import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { fieldsOf } from "#domain/form.ts";
import { adaptiveStreamingTemplateParams } from "#domain/operations/adaptive-streaming/schema.ts";
import { audioTemplateParams } from "#domain/operations/audio/schema.ts";
import { transcodeTemplateParams } from "#domain/operations/transcode/schema.ts";
import { choicesOf, mootness } from "./choices.ts";
import type { Path } from "./draft.ts";
import { isSimple } from "./field-kinds.ts";

const CODECS = ["h264", "h265", "av1", "vp9"];

function reasons(draft: object, path: Path, values: readonly unknown[], schema: z.ZodObject = transcodeTemplateParams) {
  const choices = choicesOf(schema, { ...draft }, path, values);
  return Object.fromEntries(values.map((value, index) => [String(value), choices[index]?.refusal?.message ?? null]));
}

test("a codec that the container does not take is refused, and says why", () => {
  expect(reasons({ container: "flv" }, ["video", "codec"], CODECS)).toEqual({
    ...{ h264: null, h265: null },
    ...{ av1: "codecNotInContainer", vp9: "codecNotInContainer" },
  });
});

test("what is refused for another field's sake is offered, and says what follows", () => {
  const [webm] = choicesOf(transcodeTemplateParams, { container: "mp4" }, ["container"], ["webm"]);
  expect(webm).toEqual({ refusal: null, follows: ["codec"] });
  const [cbr] = choicesOf(transcodeTemplateParams, {}, ["video", "rateMode"], ["cbr"]);
  expect(cbr).toEqual({ refusal: null, follows: ["bitrateKbps"] });
});

test("a number that is half typed elsewhere hides nothing", () => {
  const draft = { container: "flv", video: { bitrateKbps: 1 }, hlsSegmentSeconds: 99 };
  expect(reasons(draft, ["video", "codec"], ["vp9"])).toEqual({ vp9: "codecNotInContainer" });
});

test("in a list, items are asked one by one", () => {
  const draft = { rungs: [{ video: { gop: 50 } }, { video: { gop: 50 } }] };
  expect(reasons(draft, ["rungs", 1, "video", "codec"], CODECS, adaptiveStreamingTemplateParams)).toEqual({
    ...{ h264: null, h265: null },
    ...{ av1: "codecNotInContainer", vp9: "codecNotInContainer" },
  });
});

describe("a field that can say nothing", () => {
  function moot(schema: z.ZodObject, draft: object, path: readonly string[]): string | null {
    let fields = fieldsOf(schema);
    for (const name of path.slice(0, -1)) {
      const group = fields.find((field) => field.name === name);
      fields = group?.kind === "group" ? [...group.fields] : [];
    }
    const field = fields.find((one) => one.name === path.at(-1));
    if (field === undefined || !isSimple(field)) throw new Error(path.join("."));
    return mootness(schema, { ...draft }, path, field)?.message ?? null;
  }

  test.each([
    ["segments without HLS", {}, ["hlsSegmentSeconds"], "onlyForHls"],
    ["segments of HLS", { container: "hls" }, ["hlsSegmentSeconds"], null],
    ["a quality without constant quality", {}, ["video", "crf"], "crfOnlyInCrfMode"],
    ["a quality with it", { video: { rateMode: "crf" } }, ["video", "crf"], null],
    ["a tag of H.264", {}, ["video", "codecTag"], "codecTagOnlyForH265"],
    ["HDR in H.264", {}, ["video", "preserveHdr"], "hdrNeedsH265"],
    ["HDR in H.265", { video: { codec: "h265" } }, ["video", "preserveHdr"], null],
    ["encryption of MP4", {}, ["encryption"], "encryptionOnlyForHls"],
    ["a bit rate", {}, ["video", "bitrateKbps"], null],
  ])("%s", (_, draft, path, reason) => {
    expect(moot(transcodeTemplateParams, draft, path)).toBe(reason);
  });

  test("a lossless codec has no bit rate", () => {
    expect(moot(audioTemplateParams, { container: "flac" }, ["bitrateKbps"])).toBe("noBitrateForLossless");
  });

  test("one that holds something stays open, so that it can be taken out", () => {
    expect(moot(transcodeTemplateParams, { hlsSegmentSeconds: 4 }, ["hlsSegmentSeconds"])).toBeNull();
  });
});
