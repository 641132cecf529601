import { execFile } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { newMediaId } from "#domain/id.ts";
import { probe } from "../worker/run/probe.ts";
import type { BenchSystem } from "./system.ts";

const run = promisify(execFile);

export interface BenchClip {
  mediaId: string;
  path: string;
}

/** A clip with movement, fine texture and noise, so that the encoder works as it does on filmed pictures. */
export async function makeClip(
  system: BenchSystem,
  { durationSeconds, size }: { durationSeconds: number; size: string },
): Promise<BenchClip> {
  const mediaId = newMediaId();
  const key = `a1/media/${mediaId}/source.mp4`;
  const path = join(system.storeDir, key);
  await mkdir(join(system.storeDir, `a1/media/${mediaId}`), { recursive: true });
  await run("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", `testsrc2=size=${size}:rate=25:duration=${durationSeconds}`],
    ...["-f", "lavfi", "-i", `sine=frequency=330:sample_rate=48000:duration=${durationSeconds}`],
    ...["-vf", "noise=alls=12:allf=t", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p"],
    ...["-c:a", "aac", "-shortest", "-movflags", "+faststart", path],
  ]);
  const probed = await probe(path, { signal: AbortSignal.timeout(60_000) });
  if (!probed.ok) throw new Error(probed.failure.detail);
  await system.db.media.create({
    data: {
      id: mediaId,
      applicationId: 1,
      name: `bench-${size}`,
      kind: "video",
      source: "sample",
      storageKey: key,
      sizeBytes: (await stat(path)).size,
      info: probed.value,
    },
  });
  return { mediaId, path };
}
