import type { Command, CommandInput } from "../plan.ts";

/**
 * What a source may be. Everything else, above all playlists, manifests and concat scripts that make ffmpeg open further
 * files, is refused by ffmpeg itself before it is opened.
 */
export const DEMUXERS_ALLOWED = [
  ...["mov", "matroska", "mpegts", "mpeg", "avi", "flv", "live_flv", "asf", "mxf", "rm", "dv", "ivf", "ogg"],
  ...["mp3", "flac", "wav", "w64", "aiff", "caf", "aac", "ac3", "eac3", "amr", "ape", "wv"],
  // `image2` is what ffmpeg calls a single picture that it knows by its file name's ending. It also expands number
  // patterns, which the names we give to files never hold.
  ...["gif", "apng", "image2", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe"],
] as const;

/** Largest frame that is decoded: 16384 × 8192. A header that claims more is an attack on our memory. */
export const FRAME_PIXELS_MAX = 134_217_728;

/** Stand before every input. Options of the input come later and win, so a planner may narrow them for its own files. */
export const INPUT_FENCE: readonly string[] = [
  ...["-protocol_whitelist", "file"],
  ...["-format_whitelist", DEMUXERS_ALLOWED.join(",")],
  ...["-max_pixels", String(FRAME_PIXELS_MAX)],
];

const PROCESS_OPTIONS: readonly string[] = [
  "-hide_banner",
  // ffmpeg would take keys from the worker's terminal as commands.
  "-nostdin",
  ...["-loglevel", "warning"],
  // Progress as key=value lines on stdout, instead of the status line meant for eyes.
  ...["-nostats", "-progress", "pipe:1", "-stats_period", "0.5"],
];

/** What stands before the first input of every command, whatever it is for. */
export const COMMAND_FENCE: readonly string[] = [...PROCESS_OPTIONS, ...INPUT_FENCE];

/**
 * The same command with the options that fence every process in. fluent-ffmpeg starts its argument list with the options
 * of the first input, and has no public way to set global ones, so those of the process stand there.
 */
export function fence(command: Command): Command {
  const inputs = command.inputs.map((input, index): CommandInput => {
    const options = [...(index === 0 ? COMMAND_FENCE : INPUT_FENCE), ...input.options];
    return { path: input.path, options };
  });
  return { ...command, inputs };
}

/** The exact arguments ffmpeg is started with, in the order fluent-ffmpeg assembles them. */
export function argvOf(command: Command): string[] {
  const { inputs, globals, outputs } = fence(command);
  return [
    ...inputs.flatMap(({ options, path }) => [...options, "-i", path]),
    // Scratch folders are fresh; a question about overwriting would wait for ever.
    "-y",
    ...globals,
    ...outputs.flatMap(({ options, path }) => [...options, path]),
  ];
}
