/** Pictures of frames that ffmpeg chooses by what is on them. Which one it was is in the report. */
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { frameReport } from "../../ffmpeg/frame-report.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import type { MediaInfo, VideoStream } from "../../media.ts";
import type { Command, CommandInput } from "../../plan.ts";
import { onSourceTime, seekOptions, seekToPicture, stretchFrames } from "../stretch-frames.ts";
import { lookOf, pictureColours, pictureEncoding } from "./picture.ts";
import type { PictureParams } from "./schema.ts";

/** How many frames are looked at, as long as there is room for them: they wait in memory until the last was seen. */
const PLACES = 12;
const PLACES_MIN = 3;
const WAITING_BYTES_MAX = 256 * 1024 ** 2;

/** So much is decoded as a whole in a moment. Of a longer stretch only key frames are, at places all over it. */
const ONE_PASS_SECONDS_MAX = 60;

/**
 * How much there is to see: 0 is one brightness all over, 1 is all of them alike. Photographs are above 0.6, drawings and
 * dusk above 0.3; below are titles, fades, and what is black or blank.
 */
const SHOWN = "lavfi.entropy.normalized_entropy.normal.Y";
const PREFERRED = [0.6, 0.3];

/** More black than this at the beginning is meant. */
const BLACK_SECONDS_MAX = 30;
const BLACK_LOOKS_PER_SECOND = 5;
const BLACK = "lavfi.blackframe.pblack";
/** So many of a hundred pixels are black. */
const BLACK_SHARE = 95;

export interface ChosenPicture {
  choice: "best" | "not-black";
  fromSeconds: number;
  params: PictureParams;
  /** What is laid on the chosen frame, once it has its look. */
  marks: string | null;
  path: string;
  reportPath: string;
}

export function chosenPictureCommand(
  picture: ChosenPicture,
  media: MediaInfo,
  inputPath: string,
  video: VideoStream,
): Command {
  const { inputs, chains } = picture.choice === "best" ? best(picture, media, video) : notBlack(picture, media, video);
  return {
    inputs: inputs.map((options): CommandInput => ({ path: inputPath, options })),
    globals: ["-filter_complex", graph(chains)],
    outputs: [
      {
        path: picture.path,
        options: [
          ...["-map", "[picture]", "-frames:v", "1"],
          ...pictureEncoding(picture.params.format),
          ...["-f", "image2", "-update", "1"],
        ],
      },
    ],
    expectedSeconds: 0,
  };
}

type Chains = Parameters<typeof graph>[0];

interface Choosing {
  /** Options of each input; all are the source. */
  inputs: (readonly string[])[];
  chains: Chains;
}

/** Of frames from all over the stretch, those with most to see on them; of these, the one that is most like all of them. */
function best(
  { params, fromSeconds, marks, reportPath }: ChosenPicture,
  media: MediaInfo,
  video: VideoStream,
): Choosing {
  // Compared in the colours and at the size of the picture.
  const { steps: look, size } = lookOf({ ...params, format: "png" }, video);
  const room = Math.floor(WAITING_BYTES_MAX / (3 * size.widthPx * size.heightPx));
  const places = Math.max(PLACES_MIN, Math.min(PLACES, room));
  const seconds = media.durationSeconds - fromSeconds;
  const frames =
    seconds <= ONE_PASS_SECONDS_MAX
      ? decodedFrames(places, { fromSeconds, seconds, look }, media, video)
      : keyFrames(places, { fromSeconds, seconds, look }, media, video);

  const groups = [...PREFERRED.map((value) => keepingWhere(SHOWN, "greater", value)), null];
  const representative = filter("thumbnail", [places]);
  const [seen, chosen] = [groups.map((_, index) => `seen${index}`), groups.map((_, index) => `chosen${index}`)];
  return {
    inputs: frames.inputs,
    chains: [
      ...frames.chains,
      {
        from: frames.to,
        steps: chain([
          frames.join,
          filter("entropy"),
          // `thumbnail` knows no other: converted once, they are shared by all who keep them.
          filter("format", ["rgb24"]),
          filter("split", [groups.length]),
        ]),
        to: seen,
      },
      ...groups.map((group, index) => ({
        from: [`seen${index}`],
        steps: chain([group, representative]),
        to: [`chosen${index}`],
      })),
      {
        // The first group that has a frame at all.
        from: chosen,
        steps: chain([
          filter("concat", { n: groups.length }),
          frameReport(reportPath),
          pictureColours(params.format),
          marks,
        ]),
        to: ["picture"],
      },
    ],
  };
}

interface Frames extends Choosing {
  /** Labels of the chains, and the filter that makes one stream of them. */
  to: string[];
  join: string | null;
}

interface Stretch {
  fromSeconds: number;
  seconds: number;
  look: string;
}

function decodedFrames(
  places: number,
  { fromSeconds, seconds, look }: Stretch,
  media: MediaInfo,
  video: VideoStream,
): Frames {
  const seek = seekToPicture(fromSeconds, media, video);
  const steps = chain([
    stretchFrames(seek, `${places}/${numberText(seconds)}`, places),
    onSourceTime(fromSeconds),
    look,
  ]);
  const chains = [{ from: [`0:${video.index}`], steps, to: ["frames"] }];
  return { inputs: [seekOptions(seek)], chains, to: ["frames"], join: null };
}

/**
 * What lies between key frames is read, but not decoded. Decoders hold frames back, one for each of their threads and some to
 * bring them into order: as many seconds would have to be read as there are between so many key frames.
 */
const KEY_FRAMES_AT_ONCE = ["-skip_frame", "nokey", "-threads", "1", "-flags", "low_delay"];

/** A seek to each place, whatever the length: two hours are done as quickly as two minutes. */
function keyFrames(
  places: number,
  { fromSeconds, seconds, look }: Stretch,
  media: MediaInfo,
  video: VideoStream,
): Frames {
  const seeks = Array.from({ length: places }, (_, place) => {
    const second = fromSeconds + (seconds * (place + 0.5)) / places;
    return { second, ...seekTo(second, media) };
  });
  const to = seeks.map((_, place) => `place${place}`);
  return {
    inputs: seeks.map((seek) => [...KEY_FRAMES_AT_ONCE, ...seekOptions(seek)]),
    chains: seeks.map(({ second, surplusSeconds }, place) => ({
      from: [`${place}:${video.index}`],
      steps: chain([look, filter("trim", { end_frame: 1 }), onSourceTime(second - surplusSeconds)]),
      to: [`place${place}`],
    })),
    to,
    join: filter("interleave", [places]),
  };
}

/** The first frame that is not black, or the first one. */
function notBlack(
  { params, fromSeconds, marks, reportPath }: ChosenPicture,
  media: MediaInfo,
  video: VideoStream,
): Choosing {
  const seek = seekToPicture(fromSeconds, media, video);
  const seconds = Math.min(BLACK_SECONDS_MAX, media.durationSeconds - fromSeconds);
  const looks = Math.max(1, Math.ceil(seconds * BLACK_LOOKS_PER_SECOND));
  const steps = chain([
    stretchFrames(seek, BLACK_LOOKS_PER_SECOND, looks),
    onSourceTime(fromSeconds),
    // Writes the share of black pixels on every frame, however few.
    filter("blackframe", { amount: 0 }),
    filter("split"),
  ]);
  return {
    inputs: [seekOptions(seek)],
    chains: [
      { from: [`0:${video.index}`], steps, to: ["seen", "first"] },
      { from: ["seen"], steps: keepingWhere(BLACK, "less", BLACK_SHARE), to: ["lit"] },
      { from: ["first"], steps: filter("trim", { end_frame: 1 }), to: ["black"] },
      {
        from: ["lit", "black"],
        steps: chain([filter("concat", { n: 2 }), frameReport(reportPath), lookOf(params, video).steps, marks]),
        to: ["picture"],
      },
    ],
  };
}

function keepingWhere(key: string, comparison: "less" | "greater", value: number): string {
  return filter("metadata", { mode: "select", key, value, function: comparison });
}
