import type { Command } from "../plan.ts";
import type { Stretch } from "./trial.ts";

export interface ChosenStretch {
  startSeconds: number;
  durationSeconds: number;
}

/** What is asked for, moved or shortened to lie within the media. `busiestAt`: where most bits are, when that was asked. */
export function chooseStretch({ start, durationSeconds }: Stretch, mediaSeconds: number, busiestAt = 0): ChosenStretch {
  const duration = Math.min(durationSeconds, mediaSeconds);
  const latest = mediaSeconds - duration;
  const wanted = start === "middle" ? latest / 2 : start === "busiest" ? busiestAt : start;
  return { startSeconds: Math.round(1000 * Math.max(0, Math.min(wanted, latest))) / 1000, durationSeconds: duration };
}

/** Lists the sizes of all packets of the picture; nothing is decoded. */
export function packetsCommand(inputPath: string, streamIndex: number, listPath: string): Command {
  const options = ["-map", `0:${streamIndex}`, "-c", "copy", "-copyinkf", "-f", "framecrc"];
  return {
    ...{ inputs: [{ path: inputPath, options: [] }], globals: [] },
    ...{ outputs: [{ path: listPath, options }], expectedSeconds: 0 },
  };
}

/** Where so many seconds with most bits begin: there an encoder has most to do. */
export function busiestSecond(list: string, durationSeconds: number): number {
  const [, numerator = "1", denominator = "1000"] = /^#tb 0: (\d+)\/(\d+)/m.exec(list) ?? [];
  const tick = Number(numerator) / Number(denominator);
  const packets = list
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(",").map((field) => Number(field.trim())))
    .map(([, , pts = 0, , bytes = 0]) => ({ seconds: pts * tick, bytes }))
    .filter(({ seconds, bytes }) => Number.isFinite(seconds) && Number.isFinite(bytes))
    .sort((a, b) => a.seconds - b.seconds);
  let [first, sum, most, at] = [0, 0, -1, 0];
  for (const { seconds, bytes } of packets) {
    sum += bytes;
    for (
      let out = packets[first];
      out !== undefined && out.seconds <= seconds - durationSeconds;
      out = packets[first]
    ) {
      sum -= out.bytes;
      first += 1;
    }
    if (sum > most) [most, at] = [sum, Math.max(0, packets[first]?.seconds ?? 0)];
  }
  return at;
}
