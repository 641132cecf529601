import { timestamp } from "../sprite/webvtt.ts";

const TIMING = /^(?:(\d+):)?(\d\d):(\d\d\.\d{3}) --> (?:(\d+):)?(\d\d):(\d\d\.\d{3})(.*)$/m;

/**
 * A WebVTT file of ffmpeg's, cut to a stretch whose beginning becomes 0. ffmpeg would do it wrong: where a cue begins
 * before the stretch, its muxers move everything until that cue's time is 0.
 */
export function cutCues(text: string, stretch: { startSeconds: number; durationSeconds: number }): string {
  const cues = text.split(/\n{2,}/).flatMap((block) => {
    const timing = TIMING.exec(block);
    if (timing === null) return [];
    const [line, fromHours, fromMinutes, fromSeconds, toHours, toMinutes, toSeconds, settings] = timing;
    const from = secondsOf(fromHours, fromMinutes, fromSeconds) - stretch.startSeconds;
    const to = secondsOf(toHours, toMinutes, toSeconds) - stretch.startSeconds;
    if (to <= 0 || from >= stretch.durationSeconds) return [];
    const cut = `${timestamp(Math.max(0, from))} --> ${timestamp(Math.min(stretch.durationSeconds, to))}${settings}`;
    return [block.trim().replace(line, () => cut)];
  });
  return `${["WEBVTT", ...cues].join("\n\n")}\n`;
}

function secondsOf(hours = "0", minutes = "0", seconds = "0"): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
