import { expect, test } from "vitest";
import type { MediaDetail, OutputRow } from "#server/api/rows.ts";
import { playableSourcesOf, preferredSourceOf } from "./media-sources.ts";

function anOutput(id: string, more: Partial<OutputRow> = {}): OutputRow {
  return {
    id,
    number: 1,
    role: "video",
    name: `${id}.mp4`,
    contentType: "video/mp4",
    sizeBytes: 1,
    facts: {},
    partCount: 0,
    url: `/files/${id}`,
    downloadUrl: `/files/${id}?download`,
    ...more,
  };
}

function aMedia(kind: MediaDetail["kind"], outputs: OutputRow[]): MediaDetail {
  return {
    id: "1",
    name: "clip.mp4",
    kind,
    source: "upload",
    sizeBytes: 1,
    durationSeconds: 10,
    widthPx: null,
    heightPx: null,
    error: null,
    thumbnailUrl: "/files/thumb.jpg",
    createdAt: new Date(0),
    ...{ tags: [], categoryId: null, categoryPath: [], keyMoments: [], expiresAt: null },
    info: {
      formatName: "mov",
      durationSeconds: 10,
      sizeBytes: 1,
      bitrateBps: 1,
      video: null,
      audio: [],
      subtitles: [],
      attachedPictureIndex: null,
    },
    description: "",
    sourceUrl: "/files/source",
    downloadUrl: "/files/source?download",
    createdByName: null,
    tasks: [],
    renditions: outputs.map((output) => ({
      taskId: "t",
      subtaskId: "s",
      kind: "transcode",
      templateName: "MP4",
      output,
    })),
  };
}

test("the source comes first, then what can be played of what was made", () => {
  const outputs = [
    anOutput("hls", { role: "playlist" }),
    anOutput("picture", { role: "image" }),
    anOutput("sound", { role: "audio" }),
  ];
  expect(playableSourcesOf(aMedia("video", outputs)).map(({ id, player }) => [id, player.kind])).toEqual([
    ["source", "video"],
    ["hls", "hls"],
    ["sound", "audio"],
  ]);
});

test("a sprite's cues show tiles while seeking in any source", () => {
  const outputs = [anOutput("sheet", { role: "sheet" }), anOutput("cues", { role: "cues" }), anOutput("mp4")];
  const sources = playableSourcesOf(aMedia("video", outputs));
  expect(sources.map(({ player }) => player.thumbnailsUrl)).toEqual(["/files/cues", "/files/cues"]);
});

test("a still picture has nothing to play", () => {
  expect(playableSourcesOf(aMedia("image", []))).toEqual([]);
});

test("a source that browsers do not play gives way to the largest rendition they play", () => {
  const avi = aMedia("video", [
    anOutput("small", { facts: { heightPx: 360 } }),
    anOutput("large", { facts: { heightPx: 720 } }),
    anOutput("sound", { role: "audio" }),
  ]);
  avi.info = { ...avi.info, formatName: "avi" };
  expect(preferredSourceOf(playableSourcesOf(avi))?.id).toBe("large");
  expect(preferredSourceOf(playableSourcesOf({ ...avi, renditions: [] }))?.id).toBe("source");
});

test("a source that browsers play is what plays first", () => {
  const mp4 = aMedia("video", [anOutput("small")]);
  mp4.info = { ...mp4.info, formatName: "mov,mp4,m4a,3gp,3g2,mj2" };
  expect(preferredSourceOf(playableSourcesOf(mp4))?.id).toBe("source");
});
