/** The vendor's own client against the template actions. */
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMedia } from "../../tasks/test-tasks.ts";
import { startTestApi, type TestApi, type VodClient } from "../test-api.ts";

let api: TestApi;
let client: VodClient;
beforeAll(async () => {
  api = await startTestApi();
  client = api.client;
});
afterAll(() => api.stop());

const FILM = {
  Container: "mp4",
  VideoTemplate: { Codec: "libx264", Fps: 25, Bitrate: 500, Width: 640, Height: 0 },
  AudioTemplate: { Codec: "libfdk_aac", Bitrate: 64, SampleRate: 44_100 },
};

describe("transcode", () => {
  test("is created with a number, listed with text, changed in part, and deleted", async () => {
    const created = await client.CreateTranscodeTemplate({ ...FILM, Name: "small", Comment: "for phones" });
    const id = Number(created.Definition);
    expect(created.Definition).toBeTypeOf("number");
    const list = () => client.DescribeTranscodeTemplates({ Definitions: [id] });
    expect(await list()).toMatchObject({
      TotalCount: 1,
      TranscodeTemplateSet: [
        {
          ...{ Definition: String(id), Type: "Custom", Name: "small", Comment: "for phones", Container: "mp4" },
          ...{ RemoveVideo: 0, RemoveAudio: 0, ContainerType: "Video", SegmentType: "", TEHDConfig: null },
          VideoTemplate: {
            ...{ Codec: "libx264", Fps: 25, Bitrate: 500, Width: 640, Height: 0, ResolutionAdaptive: "open" },
            ...{ FillType: "black", Vcrf: 0, Gop: 0, GopUnit: "frame", Mode: "VBR", Bframes: -1, HlsTime: 0 },
            ...{ PreserveHDRSwitch: "OFF", CodecTag: "", VideoProfile: "default" },
          },
          AudioTemplate: { Codec: "libfdk_aac", Bitrate: 64, SampleRate: 44_100, AudioChannel: 2 },
          EnhanceConfig: null,
        },
      ],
    });
    const before = (await list()).TranscodeTemplateSet?.[0];
    await client.ModifyTranscodeTemplate({ Definition: id, Name: "smaller" });
    const after = (await list()).TranscodeTemplateSet?.[0];
    expect({ ...after, UpdateTime: "" }).toEqual({ ...before, Name: "smaller", UpdateTime: "" });

    await client.ModifyTranscodeTemplate({ Definition: id, VideoTemplate: { Bitrate: 700 } });
    expect(await list()).toMatchObject({
      TranscodeTemplateSet: [{ Name: "smaller", VideoTemplate: { Bitrate: 700, Fps: 25, Width: 640 } }],
    });
    await client.DeleteTranscodeTemplate({ Definition: id });
    expect(await list()).toMatchObject({ TotalCount: 0, TranscodeTemplateSet: [] });
  });

  test("a quality switches the rate off, 0 switches it on again; -1 gives B-frames back to the encoder", async () => {
    const { Definition = 0 } = await client.CreateTranscodeTemplate({
      ...FILM,
      VideoTemplate: { ...FILM.VideoTemplate, Vcrf: 28, Bframes: 2 },
    });
    const video = async () => {
      const { TranscodeTemplateSet } = await client.DescribeTranscodeTemplates({ Definitions: [Definition] });
      return TranscodeTemplateSet?.[0]?.VideoTemplate;
    };
    expect(await video()).toMatchObject({ Vcrf: 28, Bitrate: 0, Mode: "VCRF", Bframes: 2 });
    await client.ModifyTranscodeTemplate({ Definition, VideoTemplate: { Vcrf: 0, Bitrate: 900, Bframes: -1 } });
    expect(await video()).toMatchObject({ Vcrf: 0, Bitrate: 900, Mode: "VBR", Bframes: -1 });
  });

  test("what follows the content has a type and a ceiling, and can be told to stop", async () => {
    const { Definition = 0 } = await client.CreateTranscodeTemplate({
      ...FILM,
      TEHDConfig: { Type: "TEHD-100", MaxVideoBitrate: 800 },
    });
    const list = (TEHDType: string) =>
      client.DescribeTranscodeTemplates({ Definitions: [Definition], TEHDType, Type: "Custom" });
    expect(await list("TEHD")).toMatchObject({
      TranscodeTemplateSet: [{ TEHDConfig: { Type: "TEHD-100", MaxVideoBitrate: 800 }, VideoTemplate: { Bitrate: 0 } }],
    });
    expect(await list("Common")).toMatchObject({ TotalCount: 0 });
    await client.ModifyTranscodeTemplate({ Definition, TEHDConfig: { Type: "OFF" }, VideoTemplate: { Bitrate: 400 } });
    expect(await list("Common")).toMatchObject({
      TranscodeTemplateSet: [{ TEHDConfig: null, VideoTemplate: { Bitrate: 400 } }],
    });
  });

  test("type and ceiling of what follows the content are changed apart", async () => {
    const { Definition = 0 } = await client.CreateTranscodeTemplate({ ...FILM, TEHDConfig: { Type: "TEHD-100" } });
    const { Definition: plain = 0 } = await client.CreateTranscodeTemplate(FILM);
    const shown = async () =>
      (await client.DescribeTranscodeTemplates({ Definitions: [Definition] })).TranscodeTemplateSet?.[0]?.TEHDConfig;
    await client.ModifyTranscodeTemplate({ Definition, TEHDConfig: { MaxVideoBitrate: 900 } });
    expect(await shown()).toEqual({ Type: "TEHD-100", MaxVideoBitrate: 900 });
    await client.ModifyTranscodeTemplate({ Definition, TEHDConfig: { Type: "TEHD-100" } });
    expect(await shown()).toEqual({ Type: "TEHD-100", MaxVideoBitrate: 900 });
    await expect(
      client.ModifyTranscodeTemplate({ Definition: plain, TEHDConfig: { MaxVideoBitrate: 900 } }),
    ).rejects.toMatchObject({ code: "InvalidParameterValue.TEHDType" });
  });

  test("what is enhanced is what this server can do, switch by switch", async () => {
    const { Definition = 0 } = await client.CreateTranscodeTemplate({
      ...FILM,
      EnhanceConfig: {
        VideoEnhance: { Denoise: { Switch: "ON", Type: "strong" }, SuperResolution: { Switch: "OFF" } },
        AudioEnhance: { VolumeBalance: { Switch: "ON", Type: "loudNorm" } },
      },
    });
    const list = (EnhanceType?: string) =>
      client.DescribeTranscodeTemplates({ Definitions: [Definition], EnhanceType });
    expect(await list("AudioVideoEnhance")).toMatchObject({
      TranscodeTemplateSet: [
        {
          EnhanceConfig: {
            VideoEnhance: { Denoise: { Switch: "ON", Type: "strong" }, FrameRateWithDen: { Switch: "OFF" } },
            AudioEnhance: { Denoise: { Switch: "OFF" }, VolumeBalance: { Switch: "ON" } },
          },
        },
      ],
    });
    await client.ModifyTranscodeTemplate({
      Definition,
      EnhanceConfig: {
        VideoEnhance: { FrameRateWithDen: { Switch: "ON", FpsNum: 50 } },
        AudioEnhance: { VolumeBalance: { Switch: "OFF" } },
      },
    });
    // The frames that are made up decide how many there are.
    expect(await list("VideoEnhance")).toMatchObject({
      TranscodeTemplateSet: [
        {
          VideoTemplate: { Fps: 0 },
          EnhanceConfig: {
            VideoEnhance: { Denoise: { Switch: "ON" }, FrameRateWithDen: { Switch: "ON", FpsNum: 50, FpsDen: 1 } },
            AudioEnhance: null,
          },
        },
      ],
    });
    expect(await list("None")).toMatchObject({ TotalCount: 0 });
    expect(await list("AnyEnhance")).toMatchObject({ TotalCount: 1 });
  });

  test("sound alone is a kind of its own, by its container", async () => {
    const { Definition = 0 } = await client.CreateTranscodeTemplate({
      ...{ Container: "mp3", RemoveVideo: 1 },
      AudioTemplate: { Codec: "libmp3lame", Bitrate: 128, SampleRate: 48_000, AudioChannel: 1 },
    });
    const found = await client.DescribeTranscodeTemplates({ Definitions: [Definition], ContainerType: "PureAudio" });
    expect(found).toMatchObject({
      TranscodeTemplateSet: [
        {
          ...{ Container: "mp3", RemoveVideo: 1, VideoTemplate: null, ContainerType: "PureAudio" },
          AudioTemplate: { Codec: "libmp3lame", Bitrate: 128, SampleRate: 48_000, AudioChannel: 1 },
        },
      ],
    });
    await client.ModifyTranscodeTemplate({ Definition, AudioTemplate: { Bitrate: 96 } });
    const changed = await client.DescribeTranscodeTemplates({ Definitions: [Definition] });
    expect(changed.TranscodeTemplateSet?.[0]?.AudioTemplate).toMatchObject({ Bitrate: 96, AudioChannel: 1 });
  });

  test("the presets of the public tables are there, copies among them", async () => {
    const found = await client.DescribeTranscodeTemplates({ Type: "Preset", Limit: 100 });
    const ids = found.TranscodeTemplateSet?.map(({ Definition }) => Definition);
    expect(ids).toEqual(expect.arrayContaining(["10", "20", "210", "100010", "100210", "1010", "1100", "875"]));
    const copy = found.TranscodeTemplateSet?.find(({ Definition }) => Definition === "875");
    expect(copy).toMatchObject({ Comment: "remux", VideoTemplate: { Codec: "", Bitrate: 0 }, TEHDConfig: null });
    const follows = found.TranscodeTemplateSet?.find(({ Definition }) => Definition === "100810");
    expect(follows).toMatchObject({ TEHDConfig: { Type: "TEHD-100" }, VideoTemplate: { Bitrate: 0, Height: 360 } });
  });

  const video = (more: object) => ({ ...FILM, VideoTemplate: { ...FILM.VideoTemplate, ...more } });
  const audio = (more: object) => ({ ...FILM, AudioTemplate: { ...FILM.AudioTemplate, ...more } });
  test.each<[object, string]>([
    [{ ...FILM, Container: "avi" }, "InvalidParameterValue.Container"],
    [video({ Codec: "H.266" }), "InvalidParameterValue.Codec"],
    [video({ Fps: 101 }), "InvalidParameterValue.Fps"],
    [video({ Bitrate: 127 }), "InvalidParameterValue.Bitrate"],
    [video({ Width: 100 }), "InvalidParameterValue.Width"],
    [video({ Height: 9000 }), "InvalidParameterValue.Height"],
    [video({ ResolutionAdaptive: "maybe" }), "InvalidParameterValue.ResolutionAdaptive"],
    [video({ FillType: "pink" }), "InvalidParameterValue.FillType"],
    [video({ Vcrf: 52 }), "InvalidParameterValue.Vcrf"],
    [audio({ Codec: "vorbis" }), "InvalidParameterValue.Codec"],
    [audio({ Codec: "flac" }), "InvalidParameterValue.AudioCodec"],
    [audio({ Bitrate: 300 }), "InvalidParameterValue.Bitrate"],
    [audio({ SampleRate: 22_050 }), "InvalidParameterValue.SampleRate"],
    [audio({ SampleRate: 16_000 }), "InvalidParameterValue.AudioSampleRate"],
    [audio({ AudioChannel: 3 }), "InvalidParameterValue.AudioChannel"],
    [{ ...FILM, RemoveVideo: 2 }, "InvalidParameterValue.RemoveVideo"],
    [{ ...FILM, RemoveVideo: 1, RemoveAudio: 1 }, "InvalidParameterValue.RemoveAudio"],
    [{ ...FILM, TEHDConfig: { Type: "TEHD-200" } }, "InvalidParameterValue.Type"],
    [{ ...FILM, Name: "n".repeat(65) }, "InvalidParameterValue.Name"],
    [{ ...FILM, Comment: "c".repeat(257) }, "InvalidParameterValue.Comment"],
    [
      { ...FILM, Container: "hls", VideoTemplate: { ...FILM.VideoTemplate, Codec: "av1" } },
      "InvalidParameterValue.VideoCodec",
    ],
    [{ ...FILM, EnhanceConfig: { VideoEnhance: { SuperResolution: { Switch: "ON" } } } }, "UnsupportedOperation"],
    [{ Container: "mp4", AudioTemplate: FILM.AudioTemplate }, "MissingParameter"],
    [{ Container: "mp4", VideoTemplate: FILM.VideoTemplate }, "MissingParameter"],
    [{ VideoTemplate: FILM.VideoTemplate }, "MissingParameter"],
  ])("%j is refused with %s", async (request, code) => {
    // SAFETY: the very point is what the client's types would not let through.
    await expect(client.CreateTranscodeTemplate(request as never)).rejects.toMatchObject({ code });
  });

  test("presets cannot be changed, and what does not exist says so", async () => {
    const presets = { Definition: 100_010 };
    const none = { Definition: 9_999_999 };
    await expect(client.ModifyTranscodeTemplate({ ...presets, Name: "mine" })).rejects.toMatchObject({
      code: "InvalidParameterValue.ModifyDefaultTemplate",
    });
    await expect(client.DeleteTranscodeTemplate(presets)).rejects.toMatchObject({
      code: "InvalidParameterValue.DeleteDefaultTemplate",
    });
    await expect(client.ModifyTranscodeTemplate({ ...none, Name: "mine" })).rejects.toMatchObject({
      code: "ResourceNotFound.TemplateNotExist",
    });
    await expect(client.DeleteTranscodeTemplate(none)).rejects.toMatchObject({
      code: "InvalidParameterValue.Definition",
    });
    await expect(client.DescribeTranscodeTemplates({ Limit: 101 })).rejects.toMatchObject({
      code: expect.stringMatching(/^InvalidParameterValue\.Limit/),
    });
    await expect(client.DescribeTranscodeTemplates({ Type: "Mine" })).rejects.toMatchObject({
      code: "InvalidParameterValue.Type",
    });
  });

  test("another application's template does not exist", async () => {
    const other = await api.database.db.application.create({ data: { name: "other" } });
    const theirs = api.clientWith(await api.addKey(other.id));
    const { Definition = 0 } = await client.CreateTranscodeTemplate(FILM);
    expect(await theirs.DescribeTranscodeTemplates({ Definitions: [Definition] })).toMatchObject({ TotalCount: 0 });
    await expect(theirs.ModifyTranscodeTemplate({ Definition, Name: "mine" })).rejects.toMatchObject({
      code: "ResourceNotFound.TemplateNotExist",
    });
  });

  test("of two changes at once neither is lost", async () => {
    const { Definition = 0 } = await client.CreateTranscodeTemplate(FILM);
    await Promise.all([
      client.ModifyTranscodeTemplate({ Definition, VideoTemplate: { Bitrate: 777 } }),
      client.ModifyTranscodeTemplate({ Definition, AudioTemplate: { Bitrate: 77 } }),
    ]);
    expect(await client.DescribeTranscodeTemplates({ Definitions: [Definition] })).toMatchObject({
      TranscodeTemplateSet: [{ VideoTemplate: { Bitrate: 777 }, AudioTemplate: { Bitrate: 77 } }],
    });
  });
});

describe("pictures", () => {
  test("of given times", async () => {
    const { Definition = 0 } = await client.CreateSnapshotByTimeOffsetTemplate({ Width: 320, Format: "png" });
    await client.ModifySnapshotByTimeOffsetTemplate({ Definition, FillType: "gauss", Name: "blurred" });
    expect(await client.DescribeSnapshotByTimeOffsetTemplates({ Definitions: [Definition] })).toMatchObject({
      SnapshotByTimeOffsetTemplateSet: [
        {
          Definition,
          Name: "blurred",
          Width: 320,
          Height: 0,
          ResolutionAdaptive: "open",
          Format: "png",
          FillType: "gauss",
        },
      ],
    });
    await client.DeleteSnapshotByTimeOffsetTemplate({ Definition });
  });

  test("at regular times, whose distance is changed alone", async () => {
    const { Definition = 0 } = await client.CreateSampleSnapshotTemplate({ SampleType: "Time", SampleInterval: 5 });
    await client.ModifySampleSnapshotTemplate({ Definition, SampleInterval: 7 });
    expect(await client.DescribeSampleSnapshotTemplates({ Definitions: [Definition] })).toMatchObject({
      SampleSnapshotTemplateSet: [{ SampleType: "Time", SampleInterval: 7, Format: "jpg" }],
    });
    await expect(
      client.CreateSampleSnapshotTemplate({ SampleType: "Percent", SampleInterval: 101 }),
    ).rejects.toMatchObject({ code: "InvalidParameterValue.SampleInterval" });
  });

  test("as sheets, which have a largest size", async () => {
    const grid = { SampleType: "Percent", SampleInterval: 10, RowCount: 10, ColumnCount: 10 };
    const { Definition = 0 } = await client.CreateImageSpriteTemplate({ ...grid, Width: 142 });
    await client.ModifyImageSpriteTemplate({ Definition, RowCount: 5 });
    expect(await client.DescribeImageSpriteTemplates({ Definitions: [Definition] })).toMatchObject({
      ImageSpriteTemplateSet: [{ Width: 142, Height: 0, RowCount: 5, ColumnCount: 10, FillType: "black" }],
    });
    await expect(client.CreateImageSpriteTemplate({ ...grid, Width: 4096 })).rejects.toMatchObject({
      code: "InvalidParameterValue.ColumnCount",
    });
    await expect(client.CreateImageSpriteTemplate({ ...grid, FillType: "gauss" })).rejects.toMatchObject({
      code: "InvalidParameterValue.FillType",
    });
  });

  test("that move", async () => {
    const { Definition = 0 } = await client.CreateAnimatedGraphicsTemplate({ Fps: 5, Format: "webp", Quality: 62.5 });
    expect(await client.DescribeAnimatedGraphicsTemplates({ Definitions: [Definition] })).toMatchObject({
      AnimatedGraphicsTemplateSet: [{ Fps: 5, Format: "webp", Quality: 62.5, Width: 0 }],
    });
    await expect(client.CreateAnimatedGraphicsTemplate({ Fps: 31 })).rejects.toMatchObject({
      code: "InvalidParameterValue.Fps",
    });
  });

  test("the presets have the numbers and the values of the public tables", async () => {
    const preset = { Type: "Preset" };
    expect((await client.DescribeSampleSnapshotTemplates(preset)).SampleSnapshotTemplateSet).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ Definition: 10, SampleType: "Percent", SampleInterval: 10 })]),
    );
    expect((await client.DescribeImageSpriteTemplates(preset)).ImageSpriteTemplateSet?.[0]).toMatchObject({
      ...{
        Definition: 10,
        Width: 142,
        Height: 80,
        RowCount: 10,
        ColumnCount: 10,
        SampleType: "Time",
        SampleInterval: 10,
      },
    });
    expect((await client.DescribeAnimatedGraphicsTemplates(preset)).AnimatedGraphicsTemplateSet).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ Definition: 20_000, Format: "gif", Fps: 2 }),
        expect.objectContaining({ Definition: 20_001, Format: "webp", Fps: 2 }),
      ]),
    );
  });

  test("no more than the quota", async () => {
    const created = [];
    const create = () => client.CreateSnapshotByTimeOffsetTemplate({ Name: "one of many" });
    for (;;) {
      const one = await create().catch((error: { code: string }) => error);
      if ("code" in one) {
        expect(one.code).toBe("LimitExceeded.TooMuchTemplate");
        break;
      }
      created.push(one.Definition);
    }
    expect((await client.DescribeSnapshotByTimeOffsetTemplates({ Type: "Custom" })).TotalCount).toBe(16);
    await client.DeleteSnapshotByTimeOffsetTemplate({ Definition: created[0] ?? 0 });
    await create();
  });
});

describe("adaptive streaming", () => {
  const stream = (Height: number, Fps = 25) => ({
    Video: { Codec: "libx264", Fps, Bitrate: 500, Height },
    Audio: { Codec: "libfdk_aac", Bitrate: 64, SampleRate: 44_100 },
    RemoveAudio: 0,
  });

  test("streams run in step with the first, and a given list replaces the whole", async () => {
    const { Definition = 0 } = await client.CreateAdaptiveDynamicStreamingTemplate({
      ...{ Format: "HLS", DrmType: "SimpleAES", SegmentDuration: 4, DisableHigherVideoResolution: 1 },
      StreamInfos: [stream(360), stream(720, 30)],
    });
    const list = () => client.DescribeAdaptiveDynamicStreamingTemplates({ Definitions: [Definition] });
    expect(await list()).toMatchObject({
      AdaptiveDynamicStreamingTemplateSet: [
        {
          ...{ Definition, Format: "HLS", DrmType: "SimpleAES", SegmentType: "ts-segment", SegmentDuration: 4 },
          ...{ DisableHigherVideoResolution: 1, DisableHigherVideoBitrate: 0 },
          StreamInfos: [{ Video: { Height: 360, Fps: 25 } }, { Video: { Height: 720, Fps: 25 } }],
        },
      ],
    });
    await client.ModifyAdaptiveDynamicStreamingTemplate({ Definition, StreamInfos: [stream(480)] });
    expect(await list()).toMatchObject({
      AdaptiveDynamicStreamingTemplateSet: [{ DrmType: "SimpleAES", StreamInfos: [{ Video: { Height: 480 } }] }],
    });
    expect((await list()).AdaptiveDynamicStreamingTemplateSet?.[0]?.StreamInfos).toHaveLength(1);
  });

  test("DASH has one kind of segments", async () => {
    const { Definition = 0 } = await client.CreateAdaptiveDynamicStreamingTemplate({
      ...{ Format: "MPEG-DASH", SegmentType: "mp4-mp4-byterange", StreamInfos: [stream(360)] },
    });
    expect(await client.DescribeAdaptiveDynamicStreamingTemplates({ Definitions: [Definition] })).toMatchObject({
      AdaptiveDynamicStreamingTemplateSet: [{ Format: "MPEG-DASH", SegmentType: "mp4-mp4-byterange" }],
    });
  });

  test.each([
    [{ Format: "HLS", DrmType: "Widevine" }, "InvalidParameterValue.DrmType"],
    [{ Format: "MPEG-DASH", DrmType: "SimpleAES" }, "InvalidParameterValue.DrmType"],
    [{ Format: "SmoothStreaming" }, "InvalidParameterValue.Format"],
    [{ Format: "HLS", SegmentType: "ts-byterange" }, "UnsupportedOperation"],
    [{ Format: "HLS", SegmentDuration: 11 }, "InvalidParameterValue"],
    [{ Format: "HLS", DisableHigherVideoBitrate: 2 }, "InvalidParameterValue.DisableHigherVideoBitrate"],
  ])("%j is refused with %s", async (request, code) => {
    const template = { ...request, StreamInfos: [stream(360)] };
    await expect(client.CreateAdaptiveDynamicStreamingTemplate(template)).rejects.toMatchObject({ code });
  });

  test("the presets have six streams each", async () => {
    const { AdaptiveDynamicStreamingTemplateSet: presets = [] } =
      await client.DescribeAdaptiveDynamicStreamingTemplates({ Type: "Preset" });
    expect(presets.map(({ Definition, StreamInfos }) => [Definition, StreamInfos?.length])).toEqual([
      ...[
        [10, 6],
        [12, 6],
        [20, 6],
      ],
    ]);
  });
});

describe("head and tail", () => {
  test("names media of the application, and those alone", async () => {
    const intro = await addMedia(api.database.db);
    const { Definition = 0 } = await client.CreateHeadTailTemplate({ Name: "brand", HeadCandidateSet: [intro] });
    await client.ModifyHeadTailTemplate({ Definition, TailCandidateSet: [intro], FillType: "gauss" });
    expect(await client.DescribeHeadTailTemplates({ Definitions: [Definition] })).toMatchObject({
      TotalCount: 1,
      HeadTailTemplateSet: [{ Name: "brand", HeadCandidateSet: [intro], TailCandidateSet: [intro], FillType: "gauss" }],
    });
    const other = await api.database.db.application.create({ data: { name: "other" } });
    const theirs = await addMedia(api.database.db, { applicationId: other.id });
    for (const id of [theirs, "12345"])
      await expect(client.CreateHeadTailTemplate({ Name: "x", HeadCandidateSet: [id] })).rejects.toMatchObject({
        message: expect.stringContaining("HeadCandidateSet"),
      });
  });
});

describe("watermark", () => {
  const picture = async () =>
    (
      await sharp({ create: { width: 40, height: 20, channels: 4, background: "#ff000080" } })
        .png()
        .toBuffer()
    ).toString("base64");

  test("of a picture is shown by an address, never by its content", async () => {
    const created = await client.CreateWatermarkTemplate({
      ...{ Type: "image", CoordinateOrigin: "BottomRight", XPos: "5%", YPos: "10px" },
      ImageTemplate: { ImageContent: await picture(), Width: "20%", Transparency: 25, RepeatType: "once" },
    });
    const { Definition = 0, ImageUrl = "" } = created;
    expect(ImageUrl).toMatch(/^http:\/\/reelflow\.test\/files\//);
    const list = () => client.DescribeWatermarkTemplates({ Definitions: [Definition], Type: "image" });
    expect(await list()).toMatchObject({
      WatermarkTemplateSet: [
        {
          ...{ Definition, Type: "image", CoordinateOrigin: "bottomRight", XPos: "5%", YPos: "10px" },
          ImageTemplate: { ImageUrl, Width: "20%", Height: "0px", RepeatType: "once", Transparency: 25 },
          ...{ TextTemplate: null, SvgTemplate: null },
        },
      ],
    });
    expect(JSON.stringify(await list())).not.toContain("ImageContent");
    expect(
      await client.ModifyWatermarkTemplate({ Definition, ImageTemplate: { Transparency: 50 } }),
    ).not.toHaveProperty("ImageUrl");
    const changed = await client.ModifyWatermarkTemplate({
      Definition,
      ImageTemplate: { ImageContent: await picture() },
    });
    expect(changed.ImageUrl).not.toBe(ImageUrl);
    expect(await list()).toMatchObject({
      WatermarkTemplateSet: [{ ImageTemplate: { ImageUrl: changed.ImageUrl, Transparency: 50, RepeatType: "once" } }],
    });
  });

  test("of text and of a drawing", async () => {
    const text = await client.CreateWatermarkTemplate({
      Type: "text",
      TextTemplate: { FontType: "simkai.ttf", FontSize: "24px", FontColor: "0xFF8800", FontAlpha: 0.55 },
    });
    const svg = await client.CreateWatermarkTemplate({ Type: "svg", SvgTemplate: { Width: "10S%", Height: "0px" } });
    const texts = await client.DescribeWatermarkTemplates({ Type: "text" });
    expect(texts).toMatchObject({
      TotalCount: 1,
      WatermarkTemplateSet: [
        {
          Definition: text.Definition,
          TextTemplate: { FontType: "simkai.ttf", FontSize: "24px", FontColor: "0xFF8800", FontAlpha: 0.55 },
          ...{ ImageTemplate: null, XPos: "0px", CoordinateOrigin: "topLeft" },
        },
      ],
    });
    expect(text.ImageUrl).toBeUndefined();
    expect(await client.DescribeWatermarkTemplates({ Definitions: [svg.Definition ?? 0] })).toMatchObject({
      WatermarkTemplateSet: [{ Type: "svg", SvgTemplate: { Width: "10S%", Height: "0px" } }],
    });
    await expect(
      client.ModifyWatermarkTemplate({ Definition: svg.Definition ?? 0, TextTemplate: { FontSize: "9px" } }),
    ).rejects.toMatchObject({ code: "InvalidParameterValue.TextTemplate" });
  });

  test.each([
    [{ Type: "image" }, "InvalidParameterValue.ImageTemplate"],
    [{ Type: "image", ImageTemplate: { ImageContent: "AAAA" } }, "InvalidParameterValue.ImageDecodeError"],
    [{ Type: "image", ImageTemplate: { ImageContent: "not base64!" } }, "InvalidParameterValue.ImageDecodeError"],
    [{ Type: "image", ImageTemplate: { ImageContent: "AAAA", Width: "4px" } }, "InvalidParameterValue.Width"],
    [{ Type: "text" }, "InvalidParameterValue.TextTemplate"],
    [{ Type: "svg" }, "InvalidParameterValue.SvgTemplate"],
    [{ Type: "hologram" }, "InvalidParameterValue.Type"],
    [{ Type: "svg", SvgTemplate: {}, XPos: "1em" }, "InvalidParameterValue.XPos"],
    [{ Type: "svg", SvgTemplate: {}, CoordinateOrigin: "Center" }, "InvalidParameterValue.CoordinateOrigin"],
  ])("%j is refused with %s", async (request, code) => {
    await expect(client.CreateWatermarkTemplate(request)).rejects.toMatchObject({ code });
  });
});

test("templates of what is not done are refused", async () => {
  await expect(client.DescribeAIAnalysisTemplates({})).rejects.toMatchObject({ code: "UnsupportedOperation" });
  await expect(client.CreateContentReviewTemplate({ ReviewWallSwitch: "ON" })).rejects.toMatchObject({
    code: "UnsupportedOperation",
  });
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anAudio = fc.record({
  ...{ Codec: fc.constant("libfdk_aac"), Bitrate: fc.integer({ min: 26, max: 256 }) },
  ...{ SampleRate: fc.constantFrom(32_000, 44_100, 48_000), AudioChannel: maybe(fc.constantFrom(0, 1, 2, 6)) },
});
const aVideo = fc.record({
  ...{ Codec: fc.constantFrom("libx264", "libx265"), Fps: fc.integer({ min: 0, max: 100 }) },
  Bitrate: fc.integer({ min: 128, max: 100_000 }),
  ...{ Width: maybe(fc.integer({ min: 128, max: 8192 })), Height: maybe(fc.constant(0)) },
  ResolutionAdaptive: maybe(fc.constantFrom("open", "close")),
  FillType: maybe(fc.constantFrom("stretch", "black", "white", "gauss")),
  ...{ Gop: maybe(fc.integer({ min: 0, max: 100_000 })), GopUnit: maybe(fc.constantFrom("frame", "second")) },
  ...{ Mode: maybe(fc.constantFrom("VBR", "ABR", "CBR")), Bframes: maybe(fc.integer({ min: -1, max: 16 })) },
});
const aLength = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((value) => `${value}%`),
  fc.integer({ min: 8, max: 4096 }).map((value) => `${value}px`),
);

/** As it travels: what is undefined is not there. */
function asSent(request: object): object {
  return JSON.parse(JSON.stringify(request));
}

describe("whatever is accepted is shown as it was said", () => {
  const runs = { numRuns: 25 };

  test("of a transcode template", async () => {
    const film = fc.record({
      Container: fc.constantFrom("mp4", "hls", "flv"),
      ...{ VideoTemplate: aVideo, AudioTemplate: anAudio },
    });
    const shown = fc.asyncProperty(film, async (request) => {
      const { Definition = 0 } = await client.CreateTranscodeTemplate(request);
      const { TranscodeTemplateSet } = await client.DescribeTranscodeTemplates({ Definitions: [Definition] });
      await client.DeleteTranscodeTemplate({ Definition });
      expect(TranscodeTemplateSet?.[0]).toMatchObject(asSent(request));
    });
    await fc.assert(shown, runs);
  });

  test("of an adaptive template, apart from what its streams share", async () => {
    const adaptive = fc.record({
      ...{ Format: fc.constantFrom("HLS", "MPEG-DASH"), SegmentDuration: maybe(fc.integer({ min: 1, max: 10 })) },
      StreamInfos: fc.array(fc.record({ Video: aVideo, Audio: anAudio }), { minLength: 1, maxLength: 3 }),
      DisableHigherVideoBitrate: maybe(fc.constantFrom(0, 1)),
      DisableHigherVideoResolution: maybe(fc.constantFrom(0, 1)),
    });
    const shown = fc.asyncProperty(adaptive, async (request) => {
      const { Definition = 0 } = await client.CreateAdaptiveDynamicStreamingTemplate(request);
      const answer = await client.DescribeAdaptiveDynamicStreamingTemplates({ Definitions: [Definition] });
      await client.DeleteAdaptiveDynamicStreamingTemplate({ Definition });
      const { Fps, Gop = 0, GopUnit = "frame" } = request.StreamInfos[0]?.Video ?? { Fps: 0 };
      const StreamInfos = request.StreamInfos.map(({ Video, Audio }) => ({
        ...{ Video: { ...Video, Fps, Gop, GopUnit }, Audio },
      }));
      expect(answer.AdaptiveDynamicStreamingTemplateSet?.[0]).toMatchObject(asSent({ ...request, StreamInfos }));
    });
    await fc.assert(shown, runs);
  });

  test("of a text watermark", async () => {
    const text = fc.record({
      CoordinateOrigin: fc.constantFrom("topLeft", "topRight", "bottomLeft", "bottomRight"),
      ...{ XPos: maybe(aLength), YPos: maybe(aLength), Comment: maybe(fc.constant("水印")) },
      TextTemplate: fc.record({
        FontType: fc.constantFrom("simkai.ttf", "arial.ttf"),
        FontSize: fc.integer({ min: 1, max: 1024 }).map((px) => `${px}px`),
        FontColor: fc.constantFrom("0xFF8800", "0x000000"),
        FontAlpha: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
      }),
    });
    const shown = fc.asyncProperty(text, async (request) => {
      const { Definition = 0 } = await client.CreateWatermarkTemplate({ Type: "text", ...request });
      const { WatermarkTemplateSet } = await client.DescribeWatermarkTemplates({ Definitions: [Definition] });
      await client.DeleteWatermarkTemplate({ Definition });
      expect(WatermarkTemplateSet?.[0]).toMatchObject(asSent(request));
    });
    await fc.assert(shown, runs);
  });

  test("of templates of pictures", async () => {
    const sprite = fc.record({
      ...{ SampleType: fc.constantFrom("Percent", "Time"), SampleInterval: fc.integer({ min: 1, max: 100 }) },
      ...{ RowCount: fc.integer({ min: 1, max: 10 }), ColumnCount: fc.integer({ min: 1, max: 10 }) },
      ...{ Width: maybe(fc.integer({ min: 128, max: 1500 })), ResolutionAdaptive: maybe(fc.constant("close")) },
      ...{ FillType: maybe(fc.constantFrom("stretch", "black")), Format: maybe(fc.constantFrom("jpg", "png", "webp")) },
    });
    const shown = fc.asyncProperty(sprite, async (request) => {
      const { Definition = 0 } = await client.CreateImageSpriteTemplate(request);
      const { ImageSpriteTemplateSet } = await client.DescribeImageSpriteTemplates({ Definitions: [Definition] });
      await client.DeleteImageSpriteTemplate({ Definition });
      expect(ImageSpriteTemplateSet?.[0]).toMatchObject(asSent(request));
    });
    await fc.assert(shown, runs);
  });
});
