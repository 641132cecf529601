import { expect, test } from "vitest";
import { z } from "zod";
import { composeParams } from "../../domain/operations/compose/schema.ts";
import { composeParamsOf } from "./read-tracks.ts";
import { composeInputOf } from "./render-tracks.ts";
import { canvas, output, track } from "./tracks.ts";

const request = z.object({ Tracks: z.array(track), Canvas: canvas.prefault({}), Output: output });
const OUTPUT = { FileName: "film" };

function read(input: object) {
  const { Tracks, Canvas, Output } = request.parse({ Output: OUTPUT, ...input });
  return composeParamsOf(Tracks, Canvas, Output);
}

const VIDEO = { Type: "Video", VideoItem: { SourceMedia: "11" } };

test("clips, gaps, transitions, sounds and stickers are read, and shown as they were said", () => {
  const input = {
    Tracks: [
      {
        Type: "Video",
        TrackItems: [
          {
            Type: "Video",
            VideoItem: { SourceMedia: "11", SourceMediaStartTime: 2, Duration: 5, XPos: "-10%", Width: "50%" },
          },
          { Type: "Transition", TransitionItem: { Duration: 1, MediaTransitions: [{ Type: "ImageFadeInFadeOut" }] } },
          {
            Type: "Video",
            VideoItem: { SourceMedia: "12", AudioOperations: [{ Type: "Volume", VolumeParam: { Mute: 1 } }] },
          },
        ],
      },
      {
        Type: "Audio",
        TrackItems: [
          { Type: "Empty", EmptyItem: { Duration: 3 } },
          {
            Type: "Audio",
            AudioItem: { SourceMedia: "13", AudioOperations: [{ Type: "Volume", VolumeParam: { Gain: 0.5 } }] },
          },
        ],
      },
      {
        Type: "Sticker",
        TrackItems: [
          { Type: "Sticker", StickerItem: { SourceMedia: "14", Duration: 2, StartTime: 1, YPos: "20px" } },
          { Type: "Empty", EmptyItem: { Duration: 4 } },
          { Type: "Sticker", StickerItem: { SourceMedia: "15", Duration: 2 } },
        ],
      },
    ],
    Canvas: { Color: "White", Width: 1280, Height: 720 },
    Output: { FileName: "film", VideoStream: { Fps: 25 }, AudioStream: { Bitrate: 128 } },
  };
  const params = read(input);
  if (!params.ok) throw new Error(params.failure.message);
  const parsed = composeParams.parse(params.value);
  expect(parsed).toMatchObject({
    canvas: { canvasWidthPx: 1280, canvasHeightPx: 720, canvasColor: "#ffffff" },
    videoTracks: [
      {
        clips: [
          {
            ...{ mediaId: "11", startSeconds: 2, durationSeconds: 5, transition: null },
            ...{ fromMiddleX: { value: -10, unit: "percent" }, shownWidth: { value: 50, unit: "widthPercent" } },
          },
          { mediaId: "12", transition: { style: "dissolve", seconds: 1 }, volumePercent: 0 },
        ],
      },
    ],
    audioTracks: [{ sounds: [{ mediaId: "13", gapBeforeSeconds: 3, volumePercent: 50 }] }],
    stickerTracks: [
      {
        stickers: [
          { mediaId: "14", appearsAtSeconds: 1, lastsSeconds: 2, fromMiddleY: { value: 20, unit: "px" } },
          { mediaId: "15", appearsAtSeconds: 7 },
        ],
      },
    ],
    ...{ container: "mp4", video: { framesPerSecond: 25 }, audio: { bitrateKbps: 128 }, result: { name: "film" } },
  });
  const shown = composeInputOf(parsed, "11");
  expect(shown).toMatchObject({ Canvas: input.Canvas, Output: { FileName: "film", RemoveVideo: 0 } });
  // What is shown can be asked for again, and means the same.
  const again = read(JSON.parse(JSON.stringify(shown), (_, value) => value ?? undefined));
  expect(again.ok && composeParams.parse(again.value)).toEqual(parsed);
});

test("an MP3 has no picture, and either can be left out", () => {
  const tracks = { Tracks: [{ Type: "Video", TrackItems: [VIDEO] }] };
  expect(read({ ...tracks, Output: { ...OUTPUT, Container: "mp3" } })).toMatchObject({ value: { video: null } });
  expect(read({ ...tracks, Output: { ...OUTPUT, RemoveAudio: 1 } })).toMatchObject({ value: { audio: null } });
});

test.each<[string, object, string]>([
  ["an address", { SourceMedia: "https://example.org/a.mp4" }, "UnsupportedOperation"],
  ["another speed", { TargetDuration: 3, Duration: 2 }, "UnsupportedOperation"],
  ["a turned picture", { ImageOperations: [{ Type: "Rotate", RotateAngle: 90 }] }, "UnsupportedOperation"],
  [
    "more than twice as loud",
    { AudioOperations: [{ Type: "Volume", VolumeParam: { Gain: 3 } }] },
    "UnsupportedOperation",
  ],
])("%s is refused by name", (_what, more, refusal) => {
  const item = { ...VIDEO, VideoItem: { ...VIDEO.VideoItem, ...more } };
  const [field = ""] = Object.keys(more);
  expect(read({ Tracks: [{ Type: "Video", TrackItems: [item] }] })).toMatchObject({
    failure: { refusal, message: expect.stringContaining(`Tracks.0.TrackItems.0.${field}`) },
  });
});

test("an item of another type of track, and a transition that nobody draws, are refused", () => {
  const sound = { Type: "Audio", AudioItem: { SourceMedia: "11" } };
  expect(read({ Tracks: [{ Type: "Video", TrackItems: [sound] }] })).toMatchObject({
    failure: { refusal: "InvalidParameterValue" },
  });
  const cube = { Type: "Transition", TransitionItem: { Duration: 1, MediaTransitions: [{ Type: "Cube" }] } };
  expect(read({ Tracks: [{ Type: "Video", TrackItems: [VIDEO, cube, VIDEO] }] })).toMatchObject({
    failure: { refusal: "UnsupportedOperation", message: expect.stringContaining("Cube") },
  });
});
