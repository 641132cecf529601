import { expect, test } from "@playwright/test";
import { codeOf, fetched, send, vod } from "../support/api-calls.ts";
import { makeClip } from "../support/clips.ts";

// 1 × 1, white.
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=";

test("presets of every kind are listed under their public numbers", async () => {
  const client = vod();
  const found: { Definition?: string; TEHDConfig?: unknown }[] = [];
  for (let Offset = 0; ; Offset += 100) {
    const { TranscodeTemplateSet = [], TotalCount = 0 } = await client.DescribeTranscodeTemplates({
      ...{ Type: "Preset", Limit: 100, Offset },
    });
    found.push(...TranscodeTemplateSet);
    if (found.length >= TotalCount) break;
  }
  const numbers = found.map(({ Definition }) => Definition);
  for (const one of [10, 20, 30, 40, 210, 220, 100_010, 100_210, 1010, 1100, 875])
    expect(numbers).toContain(String(one));
  expect(found.find(({ Definition }) => Definition === "100010")?.TEHDConfig).toBeNull();

  const preset = { Type: "Preset" };
  const sampled = await client.DescribeSampleSnapshotTemplates(preset);
  expect(sampled.SampleSnapshotTemplateSet?.map(({ Definition }) => Definition)).toContain(10);
  const sheets = await client.DescribeImageSpriteTemplates(preset);
  expect(sheets.ImageSpriteTemplateSet?.find(({ Definition }) => Definition === 10)).toMatchObject({
    ...{ Width: 142, Height: 80, RowCount: 10, ColumnCount: 10, SampleType: "Time", SampleInterval: 10 },
  });

  const moving = await client.DescribeAnimatedGraphicsTemplates(preset);
  expect(moving.AnimatedGraphicsTemplateSet?.map(({ Definition }) => Definition)).toEqual(
    expect.arrayContaining([20_000, 20_001]),
  );
  const adaptive = await client.DescribeAdaptiveDynamicStreamingTemplates(preset);
  const ten = adaptive.AdaptiveDynamicStreamingTemplateSet?.find(({ Definition }) => Definition === 10);
  expect(ten?.StreamInfos).toHaveLength(6);
  const single = await client.DescribeSnapshotByTimeOffsetTemplates(preset);
  expect(single.SnapshotByTimeOffsetTemplateSet?.map(({ Definition }) => Definition)).toContain(10);
});

test("a transcode template is made, described, renamed and deleted", async () => {
  const client = vod();
  const { Definition: made } = await client.CreateTranscodeTemplate({
    ...{ Container: "mp4", Name: "Small" },
    VideoTemplate: { Codec: "libx264", Fps: 24, Bitrate: 500, Width: 640, Height: 0 },
    AudioTemplate: { Codec: "libfdk_aac", Bitrate: 64, SampleRate: 44_100 },
  });
  const Definition = Number(made);
  const described = async () => client.DescribeTranscodeTemplates({ Definitions: [Definition] });
  const before = (await described()).TranscodeTemplateSet?.[0];
  expect(before).toMatchObject({
    Definition: String(Definition),
    Name: "Small",
    VideoTemplate: { Width: 640, Bitrate: 500 },
  });
  await client.ModifyTranscodeTemplate({ Definition, Name: "Smaller" });
  const after = (await described()).TranscodeTemplateSet?.[0];
  expect(after).toEqual({ ...before, Name: "Smaller", UpdateTime: after?.UpdateTime });
  await client.DeleteTranscodeTemplate({ Definition });
  expect((await described()).TotalCount).toBe(0);
  expect(await codeOf(client.DeleteTranscodeTemplate({ Definition: 10 }))).toMatch(/^InvalidParameterValue/);
});

test("watermarks are pictures, letters and drawings", async () => {
  const client = vod();
  const image = await client.CreateWatermarkTemplate({
    Type: "image",
    ImageTemplate: { ImageContent: PNG, Width: "10%" },
  });
  await fetched(image.ImageUrl);
  const text = await client.CreateWatermarkTemplate({
    ...{
      Type: "text",
      TextTemplate: { FontType: "simkai.ttf", FontSize: "32px", FontColor: "0xFFFFFF", FontAlpha: 1 },
    },
  });
  const svg = await client.CreateWatermarkTemplate({ Type: "svg", SvgTemplate: { Width: "10W%", Height: "10W%" } });
  const texts = await client.DescribeWatermarkTemplates({ Type: "text" });
  expect(texts.WatermarkTemplateSet?.every(({ Type }) => Type === "text")).toBe(true);
  const all = await client.DescribeWatermarkTemplates({
    Definitions: [image, text, svg].map((one) => one.Definition ?? 0),
  });
  expect(JSON.stringify(all)).not.toContain("ImageContent");
  expect(all.TotalCount).toBe(3);
  await client.ModifyWatermarkTemplate({ Definition: text.Definition ?? 0, Name: "Words" });
  for (const one of [image, text, svg]) await client.DeleteWatermarkTemplate({ Definition: one.Definition ?? 0 });
});

test("every other kind of template is made, changed, described and deleted", async () => {
  const client = vod();
  const clip = await send(await makeClip("head.mp4", { seconds: 1 }));
  const kinds: Record<string, object> = {
    SnapshotByTimeOffset: { Width: 320, Height: 0, Format: "jpg" },
    SampleSnapshot: { SampleType: "Percent", SampleInterval: 20, Width: 320 },
    ImageSprite: { SampleType: "Time", SampleInterval: 5, RowCount: 4, ColumnCount: 4, Width: 256, Height: 144 },
    AnimatedGraphics: { Fps: 5, Width: 320, Format: "gif" },
    AdaptiveDynamicStreaming: {
      Format: "HLS",
      StreamInfos: [
        {
          Video: { Codec: "libx264", Fps: 25, Bitrate: 400, Height: 360 },
          Audio: { Codec: "libfdk_aac", Bitrate: 64, SampleRate: 44_100 },
          RemoveAudio: 0,
        },
      ],
    },
    HeadTail: { HeadCandidateSet: [clip], FillType: "black", Name: "Intro" },
  };
  for (const [kind, request] of Object.entries(kinds)) {
    const { Definition } = await client.request(`Create${kind}Template`, request);
    await client.request(`Modify${kind}Template`, { Definition, Name: "Changed" });
    const described = await client.request(`Describe${kind}Templates`, { Definitions: [Number(Definition)] });
    expect(JSON.stringify(described), kind).toContain('"Changed"');
    await client.request(`Delete${kind}Template`, { Definition });
    const gone = await client.request(`Describe${kind}Templates`, { Definitions: [Number(Definition)] });
    expect(gone.TotalCount, kind).toBe(0);
  }
});

test("what only models do is refused, and never faked", async () => {
  const client = vod();
  for (const kind of ["AIAnalysis", "AIRecognition", "ContentReview", "Review"]) {
    expect(await codeOf(client.request(`Create${kind}Template`, { Name: "x" })), kind).toBe("UnsupportedOperation");
    expect(await codeOf(client.request(`Modify${kind}Template`, { Definition: 10 })), kind).not.toBe("answered");
    expect(await codeOf(client.request(`Delete${kind}Template`, { Definition: 10 })), kind).not.toBe("answered");
    expect(await codeOf(client.request(`Describe${kind}Templates`, {})), kind).not.toBe("answered");
  }
});
