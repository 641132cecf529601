import { expect, test } from "vitest";
import { ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "#domain/ffmpeg/test-media.ts";
import { operation, planOperation } from "#domain/operations/operation.ts";
import { presetTemplate } from "#domain/presets/templates.ts";
import { runPlan } from "./run-plan.ts";

test("H.265 in FLV is written, or refused with its reason where ffmpeg cannot", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...lavfi("testsrc2=size=64x64:rate=15:duration=0.4"), ...QUICK_H264, `${dir}/clip.mp4`);
  const preset = presetTemplate("transcode", 710);
  const planned = planOperation(operation.parse({ kind: "transcode", params: preset?.params }), {
    ...{ media: await probe(clip), inputPath: clip, outputDir: dir, scratchDir: dir, files: {} },
  });
  if (!planned.ok) throw new Error(planned.failure.code);
  const result = await runPlan(planned.value, dir, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onLog: () => undefined,
  });
  if (result.ok) expect((await probe(`${dir}/video.flv`)).video).toMatchObject({ codec: "h265", heightPx: 240 });
  else expect(result.failure).toEqual({ code: "ENCODER_TOO_OLD", detail: "h265-in-flv" });
});
