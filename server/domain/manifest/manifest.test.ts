import { expect, test } from "vitest";
import { dashManifestOf } from "./dash-manifest.ts";
import { hlsMasterOf } from "./hls-master.ts";
import { languageTagOf, trackLabelsOf } from "./language.ts";
import type { Manifest, Sound } from "./manifest.ts";
import { type MeasuredStream, peakOf, type Segment } from "./measure.ts";

const segments = (...sizes: [seconds: number, sizeBytes: number][]): Segment[] =>
  sizes.map(([seconds, sizeBytes], index) => ({ name: `stream-x-0000${index}.m4s`, seconds, sizeBytes }));

test("the peak is that of the dearest stretch of a segment's length, not of a scrap or a whole film", () => {
  expect(peakOf(segments([4, 4000], [4, 8000], [4, 4000]))).toBe(16_000);
  // A large key frame in the last 0.2 s counts together with what stands before it.
  expect(peakOf(segments([4, 4000], [4, 4000], [0.2, 4200]))).toBe(Math.ceil((8 * 8200) / 4.2));
  expect(peakOf(segments([0.4, 1000]))).toBe(20_000);
});

test.each([
  ["eng", "en"],
  ["ger", "de"],
  ["deu", "de"],
  ["zho", "zh"],
  ["gsw", "gsw"],
  ["zh-Hant", "zh-Hant"],
  ["English (forced)", null],
  ["", null],
  [null, null],
])("%s is the language %s", (code, tag) => {
  expect(languageTagOf(code)).toBe(tag);
});

test("tracks are called by their language in its own words, and no two alike", () => {
  expect(trackLabelsOf(["en", "ko", "en", null, null], "Audio")).toEqual([
    "English",
    "한국어",
    "English 2",
    "Audio",
    "Audio 2",
  ]);
});

function sound(name: string, group: string, language: string | null, isDefault: boolean): Sound {
  return { name, group, language, label: language ?? "Audio", channels: 2, isDefault };
}

const measured = (streams: Record<string, Partial<MeasuredStream>>) => (name: string) => ({
  ...{ codec: "mp4a.40.2", segments: [], peakBps: 0, averageBps: 0, mp4: null },
  ...streams[name],
});

test("a variant costs its picture and the dearest sound of its group", () => {
  const manifest: Manifest = {
    pictures: [
      { name: "video-1", widthPx: 426, heightPx: 240, codecTag: "hvc1", dynamicRange: "sdr" },
      { name: "video-2", widthPx: 1280, heightPx: 720, codecTag: "hvc1", dynamicRange: "hdr10" },
    ],
    sounds: [
      sound("audio-1-1", "audio-1", "en", false),
      sound("audio-1-2", "audio-1", "en", true),
      sound("audio-1-3", "audio-1", null, false),
    ],
    subtitles: [],
    variants: [
      { picture: "video-1", group: "audio-1" },
      { picture: "video-2", group: null },
      { picture: null, group: "audio-1" },
    ],
    framesPerSecond: 24000 / 1001,
  };
  const streams = {
    "video-1": { codec: "avc1.640015", peakBps: 300_000, averageBps: 250_000 },
    "video-2": { codec: "hvc1.2.4.L93.90", peakBps: 900_000, averageBps: 800_000 },
    "audio-1-1": { peakBps: 50_000, averageBps: 49_000 },
    "audio-1-2": { peakBps: 60_000, averageBps: 48_000 },
  };
  expect(hlsMasterOf(manifest, measured(streams)).split("\n")).toEqual([
    "#EXTM3U",
    "#EXT-X-VERSION:6",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-1",NAME="en",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,CHANNELS="2",URI="stream-audio-1-1.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-1",NAME="en",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="stream-audio-1-2.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-1",NAME="Audio",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="stream-audio-1-3.m3u8"',
    '#EXT-X-STREAM-INF:BANDWIDTH=360000,AVERAGE-BANDWIDTH=299000,CODECS="avc1.640015,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=23.976,VIDEO-RANGE=SDR,AUDIO="audio-1"',
    "stream-video-1.m3u8",
    '#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=800000,CODECS="hvc1.2.4.L93.90",RESOLUTION=1280x720,FRAME-RATE=23.976,VIDEO-RANGE=PQ',
    "stream-video-2.m3u8",
    '#EXT-X-STREAM-INF:BANDWIDTH=60000,AVERAGE-BANDWIDTH=49000,CODECS="mp4a.40.2",AUDIO="audio-1"',
    "stream-audio-1-2.m3u8",
    "",
  ]);
});

test("a DASH manifest tells when every segment begins, the sound's without the silence that is skipped", () => {
  const manifest: Manifest = {
    pictures: [{ name: "video-1", widthPx: 426, heightPx: 240, codecTag: "hvc1", dynamicRange: "sdr" }],
    sounds: [{ ...sound("audio-1-1", "audio-1", "en", true), label: "<English & co>" }],
    subtitles: [],
    variants: [{ picture: "video-1", group: "audio-1" }],
    framesPerSecond: 30000 / 1001,
  };
  const streams = {
    "video-1": {
      ...{ codec: "avc1.640015", peakBps: 300_000, mp4: { ticksPerSecond: 30_000, skippedTicks: 2002 } },
      segments: segments([4.004, 1], [4.004, 1], [1.001, 1]),
    },
    "audio-1-1": {
      ...{ peakBps: 50_000, mp4: { ticksPerSecond: 48_000, skippedTicks: 1024 } },
      segments: segments([4.010667, 1], [4.010667, 1], [0.981333, 1]),
    },
  };
  const representation = (start: string, timescale: number, ...timeline: string[]) =>
    [
      `      ${start}`,
      `        <SegmentTemplate timescale="${timescale}" initialization="stream-$RepresentationID$-init.mp4" media="stream-$RepresentationID$-$Number%05d$.m4s" startNumber="0">`,
      "          <SegmentTimeline>",
      ...timeline.map((line) => `            ${line}`),
      "          </SegmentTimeline>",
      "        </SegmentTemplate>",
      "      </Representation>",
    ] as const;
  expect(dashManifestOf(manifest, measured(streams)).split("\n")).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT9.009S" maxSegmentDuration="PT4.011S" minBufferTime="PT4.011S">',
    '  <Period id="0" start="PT0S">',
    '    <AdaptationSet id="0" contentType="video" segmentAlignment="true" startWithSAP="1">',
    ...representation(
      '<Representation id="video-1" mimeType="video/mp4" codecs="avc1.640015" bandwidth="300000" width="426" height="240" frameRate="30000/1001" sar="1:1">',
      30_000,
      '<S t="0" d="120120" r="1"/>',
      '<S d="30030"/>',
    ),
    "    </AdaptationSet>",
    '    <AdaptationSet id="1" contentType="audio" lang="en" segmentAlignment="true" startWithSAP="1">',
    '      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>',
    "      <Label>&lt;English &amp; co></Label>",
    ...representation(
      '<Representation id="audio-1-1" mimeType="audio/mp4" codecs="mp4a.40.2" bandwidth="50000" audioSamplingRate="48000">',
      48_000,
      '<S t="0" d="191488"/>',
      '<S d="192512"/>',
      '<S d="47104"/>',
    ).toSpliced(
      1,
      0,
      '        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>',
    ),
    "    </AdaptationSet>",
    "  </Period>",
    "</MPD>",
    "",
  ]);
});
