import { frameRateText } from "../ffmpeg/frame-rate.ts";
import { type Manifest, type Picture, type Sound, type Words, wordsFileOf } from "./manifest.ts";
import type { Measured, MeasuredStream, Mp4Timing } from "./measure.ts";

/** The media presentation description (ISO 23009-1) of finished segments: one period, everything known. */
export function dashManifestOf(manifest: Manifest, measured: Measured): string {
  const pictures = manifest.pictures.map(({ name }) => measured(name));
  const sounds = manifest.sounds.map(({ name }) => measured(name));
  // Sound ends a part of its last frame later.
  const longest = Math.max(...pictures.map(({ segments }) => segments.reduce((sum, { seconds }) => sum + seconds, 0)));
  const segment = Math.max(...[...pictures, ...sounds].flatMap(({ segments }) => segments.map((one) => one.seconds)));
  const mpd = element(
    "MPD",
    {
      xmlns: "urn:mpeg:dash:schema:mpd:2011",
      profiles: "urn:mpeg:dash:profile:isoff-live:2011",
      type: "static",
      mediaPresentationDuration: duration(longest),
      maxSegmentDuration: duration(segment),
      // The bandwidths below are those of single segments, so one of them is all that has to wait.
      minBufferTime: duration(segment),
    },
    element("Period", { id: "0", start: "PT0S" }, ...adaptationSets(manifest, measured)),
  );
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...mpd, ""].join("\n");
}

/** Between representations of a set a player changes as it likes: pictures of one codec, sounds that say the same. */
function adaptationSets(manifest: Manifest, measured: Measured): string[][] {
  const ofCodec = Map.groupBy(manifest.pictures, ({ name }) => measured(name).codec.split(".")[0]);
  const pictures = [...ofCodec.values()].map((group) => ({
    attributes: { contentType: "video" },
    children: group.map((picture) => pictureRepresentation(picture, manifest, measured(picture.name))),
  }));
  const ofTrack = Map.groupBy(manifest.sounds, ({ label }) => label);
  const sounds = [...ofTrack.values()].map((group) => ({
    attributes: { contentType: "audio", lang: group[0]?.language ?? null },
    children: [
      element("Role", {
        schemeIdUri: "urn:mpeg:dash:role:2011",
        value: group[0]?.isDefault ? "main" : "alternate",
      }),
      element("Label", {}, group[0]?.label ?? ""),
      ...group.map((sound) => soundRepresentation(sound, measured(sound.name))),
    ],
  }));
  const segmented = { segmentAlignment: "true", startWithSAP: "1" };
  const words = manifest.subtitles.map((one) => ({
    attributes: { contentType: "text", lang: one.language },
    children: wordsRepresentation(one),
  }));
  return [
    ...[...pictures, ...sounds].map(({ attributes, children }) => ({
      attributes: { ...attributes, ...segmented },
      children,
    })),
    ...words,
  ].map(({ attributes, children }, id) => element("AdaptationSet", { id: String(id), ...attributes }, ...children));
}

/** One file, whose bandwidth is next to nothing. */
function wordsRepresentation({ name, label }: Words): string[][] {
  return [
    element("Role", { schemeIdUri: "urn:mpeg:dash:role:2011", value: "subtitle" }),
    element("Label", {}, label),
    element(
      "Representation",
      { id: name, mimeType: "text/vtt", bandwidth: "1000" },
      element("BaseURL", {}, wordsFileOf(name)),
    ),
  ];
}

function pictureRepresentation(picture: Picture, { framesPerSecond }: Manifest, stream: MeasuredStream): string[] {
  return element(
    "Representation",
    {
      id: picture.name,
      mimeType: "video/mp4",
      codecs: stream.codec,
      bandwidth: String(stream.peakBps),
      width: String(picture.widthPx),
      height: String(picture.heightPx),
      frameRate: frameRateText(framesPerSecond),
      sar: "1:1",
    },
    segmentTemplate(stream, 0),
  );
}

function soundRepresentation(sound: Sound, stream: MeasuredStream): string[] {
  return element(
    "Representation",
    {
      id: sound.name,
      mimeType: "audio/mp4",
      codecs: stream.codec,
      bandwidth: String(stream.peakBps),
      audioSamplingRate: String(timingOf(stream).ticksPerSecond),
    },
    element("AudioChannelConfiguration", {
      schemeIdUri: "urn:mpeg:dash:23003:3:audio_channel_configuration:2011",
      value: String(sound.channels),
    }),
    // Its first segment begins before time 0, with what is skipped; pictures begin at 0.
    segmentTemplate(stream, timingOf(stream).skippedTicks),
  );
}

/** When each segment begins and how long it lasts, in ticks of its own clock. */
function segmentTemplate(stream: MeasuredStream, skippedTicks: number): string[] {
  const { ticksPerSecond } = timingOf(stream);
  let seconds = 0;
  const ends = stream.segments.map((segment) => {
    seconds += segment.seconds;
    return Math.round(seconds * ticksPerSecond) - skippedTicks;
  });
  const lengths = ends.map((end, index) => end - (ends[index - 1] ?? 0));
  const { name = "" } = stream.segments[0] ?? {};
  return element(
    "SegmentTemplate",
    {
      timescale: String(ticksPerSecond),
      initialization: "stream-$RepresentationID$-init.mp4",
      media: `stream-$RepresentationID$-$Number%05d$${name.slice(name.lastIndexOf("."))}`,
      startNumber: "0",
    },
    element("SegmentTimeline", {}, ...runsOf(lengths).map((run, index) => timelineEntry(run, index))),
  );
}

interface Run {
  ticks: number;
  count: number;
}

/** Neighbours of one length are told as one. */
function runsOf(lengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const ticks of lengths) {
    const last = runs.at(-1);
    if (last?.ticks === ticks) last.count++;
    else runs.push({ ticks, count: 1 });
  }
  return runs;
}

function timelineEntry({ ticks, count }: Run, index: number): string[] {
  const repeated = count > 1 ? String(count - 1) : null;
  return element("S", { t: index === 0 ? "0" : null, d: String(ticks), r: repeated });
}

function timingOf({ mp4 }: MeasuredStream): Mp4Timing {
  if (mp4 === null) throw new Error("DASH has no segments of MPEG-TS");
  return mp4;
}

function duration(seconds: number): string {
  return `PT${seconds.toFixed(3)}S`;
}

type Attributes = Readonly<Record<string, string | null>>;

/** An element as lines, its children indented; a text stands inside of it. */
function element(name: string, attributes: Attributes, ...children: (readonly string[] | string)[]): string[] {
  const known = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === null ? [] : [` ${attribute}="${escaped(value)}"`],
  );
  const start = `<${name}${known.join("")}`;
  if (children.length === 0) return [`${start}/>`];
  const [only] = children;
  if (typeof only === "string") return [`${start}>${escaped(only)}</${name}>`];
  const lines = children.flatMap((child) => (typeof child === "string" ? [escaped(child)] : child));
  return [`${start}>`, ...lines.map((line) => `  ${line}`), `</${name}>`];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
