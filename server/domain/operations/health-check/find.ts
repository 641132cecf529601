/** What packets and frames of a stream say of its health. */
import { type FrameTime, spacingOf } from "../../report/frame-times.ts";
import type { Finding } from "../../report/report.ts";
import { type Span, spansOf } from "../../report/spans.ts";
import type { HealthCheckParams } from "./schema.ts";

type Found = Pick<Finding, "check" | "severity" | "startSeconds" | "endSeconds" | "measured" | "threshold">;

/** Sound begins with some that is there for the decoder alone, and is cut off: up to 80 ms of Opus, two packets of WMA. */
const PRIMING_SECONDS = { video: 0, audio: 0.15 };

type Stretch = Pick<Span, "startSeconds" | "endSeconds">;

/** ffmpeg cuts at its own fractions of a second: what lies at the very edge may or may not have been decoded. */
const EDGE_SECONDS = 0.001;

export function beginsIn({ startSeconds }: FrameTime, stretch: Stretch | null): boolean {
  if (stretch === null) return true;
  return startSeconds >= stretch.startSeconds + EDGE_SECONDS && startSeconds < stretch.endSeconds - EDGE_SECONDS;
}

function overlaps(one: Stretch, other: Stretch): boolean {
  return one.startSeconds < other.endSeconds && one.endSeconds > other.startSeconds;
}

export function findInStream(
  type: "video" | "audio",
  { gapSeconds }: HealthCheckParams,
  packets: readonly FrameTime[],
  frames: readonly FrameTime[],
  /** What of them is to be judged; packets before it are there because decoding begins at a key frame. Null: everything. */
  stretch: Stretch | null,
): Found[] {
  const shown = packets.filter(({ discarded }) => !discarded).sort(byStart);
  // A recording that begins between key frames cannot be decoded up to the first of them, and is not damaged by that.
  const key = shown.find(({ key }) => key)?.startSeconds ?? 0;
  const decodable = stretch === null ? key : Math.max(key, stretch.startSeconds);
  const judged = shown.filter((packet) => beginsIn(packet, stretch));
  const lost = lostPackets(judged, [...frames].sort(byStart), decodable, PRIMING_SECONDS[type]);
  const damaged = [...lost, ...packets.filter((packet) => packet.corrupt && beginsIn(packet, stretch))];
  return [
    ...counted(damaged.sort(byStart)).map((span) => ({
      ...{ check: "damage" as const, severity: "error" as const, threshold: null },
      ...span,
    })),
    ...gapsOf(shown, gapSeconds).filter((gap) => stretch === null || overlaps(gap, stretch)),
    ...counted(disordered(packets).filter((packet) => beginsIn(packet, stretch))).map((span) => ({
      ...{ check: "order" as const, severity: "warning" as const, threshold: null },
      ...span,
    })),
  ];
}

/**
 * Packets no frame came of. Not every packet has one of its own (fields come in pairs, some codecs have frames that are
 * never shown), so a packet counts where the frames before and after it leave a hole.
 */
function lostPackets(
  packets: readonly FrameTime[],
  frames: readonly FrameTime[],
  decodable: number,
  primingSeconds: number,
): FrameTime[] {
  const shown = frames[0]?.startSeconds ?? Number.POSITIVE_INFINITY;
  const first = shown - decodable <= primingSeconds ? shown : decodable;
  const usual = spacingOf(frames) || spacingOf(packets);
  const lost: FrameTime[] = [];
  let next = 0;
  for (const packet of packets) {
    if (packet.startSeconds < first) continue;
    while ((frames[next]?.startSeconds ?? Number.POSITIVE_INFINITY) < packet.startSeconds - 0.25 * usual) next++;
    const after = frames[next]?.startSeconds ?? Number.POSITIVE_INFINITY;
    const before = frames[next - 1]?.startSeconds ?? Number.NEGATIVE_INFINITY;
    const decoded = after <= packet.startSeconds + 0.25 * usual;
    if (!decoded && after - before > 1.5 * usual && packet.startSeconds - before > 0.5 * usual) lost.push(packet);
  }
  return lost;
}

function gapsOf(packets: readonly FrameTime[], gapSeconds: number): Found[] {
  return packets.slice(1).flatMap((packet, index): Found[] => {
    const before = packets[index];
    const startSeconds = (before?.startSeconds ?? 0) + (before?.durationSeconds ?? 0);
    const measured = packet.startSeconds - startSeconds;
    if (measured <= gapSeconds) return [];
    const severity = "warning";
    return [{ check: "gap", severity, startSeconds, endSeconds: packet.startSeconds, measured, threshold: gapSeconds }];
  });
}

/** Packets that are to be decoded before one that precedes them, or at the same time. */
function disordered(packets: readonly FrameTime[]): FrameTime[] {
  return packets.filter((packet, index) => {
    const before = packets[index - 1];
    return before !== undefined && packet.decodeSeconds <= before.decodeSeconds;
  });
}

/** Stretches of such packets, and how many there are. */
function counted(packets: readonly FrameTime[]): (Omit<Span, "worst"> & { measured: number })[] {
  const spans = spansOf(
    packets.map(({ startSeconds, durationSeconds }) => {
      const start = Math.max(0, startSeconds);
      return { startSeconds: start, endSeconds: Math.max(start, startSeconds + durationSeconds), worst: 0, over: true };
    }),
  );
  return spans.map(({ startSeconds, endSeconds }) => {
    const inside = packets.filter((packet) => {
      const start = Math.max(0, packet.startSeconds);
      return start >= startSeconds && start <= endSeconds;
    });
    return { startSeconds, endSeconds, measured: inside.length };
  });
}

function byStart(a: FrameTime, b: FrameTime): number {
  return a.startSeconds - b.startSeconds;
}
