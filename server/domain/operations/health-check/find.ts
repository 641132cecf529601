/** What packets and frames of a stream say of its health. */
import { type FrameTime, spacingOf } from "../../report/frame-times.ts";
import type { Finding } from "../../report/report.ts";
import { type Span, spansOf } from "../../report/spans.ts";
import type { HealthCheckParams } from "./schema.ts";

type Found = Pick<Finding, "check" | "severity" | "startSeconds" | "endSeconds" | "measured" | "threshold">;

/** Sound begins with some that is there for the decoder alone, and is cut off: up to 80 ms of Opus, two packets of WMA. */
const PRIMING_SECONDS = { video: 0, audio: 0.15 };

export function findInStream(
  type: "video" | "audio",
  { gapSeconds }: HealthCheckParams,
  packets: readonly FrameTime[],
  frames: readonly FrameTime[],
): Found[] {
  const shown = packets.filter(({ discarded }) => !discarded).sort(byStart);
  const lost = lostPackets(shown, [...frames].sort(byStart), PRIMING_SECONDS[type]);
  const damaged = [...lost, ...packets.filter(({ corrupt }) => corrupt)];
  return [
    ...counted(damaged.sort(byStart)).map((span) => ({
      ...{ check: "damage" as const, severity: "error" as const, threshold: null },
      ...span,
    })),
    ...gapsOf(shown, gapSeconds),
    ...counted(disordered(packets)).map((span) => ({
      ...{ check: "order" as const, severity: "warning" as const, threshold: null },
      ...span,
    })),
  ];
}

/**
 * Packets no frame came of. Not every packet has one of its own (fields come in pairs, some codecs have frames that are
 * never shown), so a packet counts where the frames before and after it leave a hole.
 */
function lostPackets(packets: readonly FrameTime[], frames: readonly FrameTime[], primingSeconds: number): FrameTime[] {
  // A recording that begins between key frames cannot be decoded up to the first of them, and is not damaged by that.
  const decodable = packets.find(({ key }) => key)?.startSeconds ?? 0;
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
