import { type Operation, operation } from "../operations/operation.ts";

/** Of each kind what is tried. Null: nothing of it can be seen, or it speaks of certain seconds already. */
export function triedOperation(whole: Operation, rung: number): Operation | null {
  switch (whole.kind) {
    case "transcode": {
      const { params } = whole;
      // Playable by itself, in clear, and without what stands around it: the picture is encoded the same.
      const container = params.container === "webm" ? "webm" : "mp4";
      return parsed("transcode", {
        ...{ ...params, container, hlsSegmentSeconds: 0, hlsSegmentType: "ts", encryption: "none", headTails: [] },
        ...{ keepSubtitles: false, addedSubtitles: [] },
      });
    }
    case "adaptive-streaming": {
      const { rungs, watermarks, burntSubtitles } = whole.params;
      const chosen = rungs[Math.min(rung, rungs.length - 1)];
      return chosen === undefined
        ? null
        : parsed("transcode", {
            ...chosen,
            watermarks: chosen.video === null ? [] : watermarks,
            burntSubtitles: chosen.video === null ? [] : burntSubtitles,
          });
    }
    case "remux":
      return parsed("remux", {
        ...whole.params,
        container: "mp4",
        hlsSegmentSeconds: 0,
        hlsSegmentType: "ts",
        encryption: "none",
      });
    case "audio": {
      const { params } = whole;
      const container = params.container === "hls" ? "m4a" : params.container;
      return parsed("audio", { ...params, container, hlsSegmentSeconds: 0, hlsSegmentType: "ts", encryption: "none" });
    }
    case "snapshot":
    case "cover":
    case "sampled-snapshot":
    case "sprite":
    case "animated-graphic":
      return whole;
    case "inspection":
    case "health-check":
    case "compose":
    case "edit":
    case "split":
      return null;
  }
}

/** The same, of so many seconds of a media. */
export function ofStretch(tried: Operation, startSeconds: number, durationSeconds: number): Operation | null {
  const position = { unit: "seconds", value: startSeconds };
  if (tried.kind === "snapshot") return parsed("snapshot", { ...tried.params, positions: [position] });
  if (tried.kind === "cover") return parsed("cover", { ...tried.params, position });
  return parsed(tried.kind, {
    ...tried.params,
    ...{ startOffsetSeconds: startSeconds, endOffsetSeconds: startSeconds + durationSeconds },
    ...{ startOffsetPercent: 0, endOffsetPercent: 0 },
  });
}

/** Null where the parameters speak of the whole media, and of a part of it make no sense. */
function parsed(kind: Operation["kind"], params: object): Operation | null {
  return operation.safeParse({ kind, params }).data ?? null;
}
