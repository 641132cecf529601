import { execFile } from "node:child_process";
import { copyFile, mkdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { newMediaId } from "#domain/id.ts";
import { type MediaInfo, mediaKindOf } from "#domain/media.ts";
import { probe } from "../worker/run/probe.ts";
import type { BenchSystem } from "./system.ts";

const run = promisify(execFile);

export interface BenchClip {
  mediaId: string;
  path: string;
  info: MediaInfo;
}

/** A clip with movement, fine texture and noise, so that the encoder works as it does on filmed pictures. */
export async function makeClip(
  system: BenchSystem,
  { durationSeconds, size }: { durationSeconds: number; size: string },
): Promise<BenchClip> {
  return addClip(system, `bench-${size}`, (path) =>
    run("ffmpeg", [
      ...["-v", "error", "-y", "-f", "lavfi", "-i", `testsrc2=size=${size}:rate=25:duration=${durationSeconds}`],
      ...["-f", "lavfi", "-i", `sine=frequency=330:sample_rate=48000:duration=${durationSeconds}`],
      ...[
        "-vf",
        "noise=alls=12:allf=t",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "20",
        "-pix_fmt",
        "yuv420p",
      ],
      ...["-c:a", "aac", "-shortest", "-movflags", "+faststart", path],
    ]),
  );
}

const LOOP_SECONDS = 5;
/** Spirals at the edge of the Mandelbrot set: details on every scale. */
const SEAHORSES = "start_x=-0.743643887037158704752:start_y=-0.131825904205311970493";

/**
 * A slow zoom into a fractal under light grain, compressed as uploads are (8 Mbit/s, B-frames): flat areas, gradients and
 * fine detail, all of it moving. On it decoding and each rendition cost what they cost on a filmed 1080p clip of the same
 * length, within a tenth. Some seconds are encoded and then repeated, which takes a fraction of the time.
 */
export async function makeFilmLikeClip(
  system: BenchSystem,
  { durationSeconds, widthPx, heightPx }: { durationSeconds: number; widthPx: number; heightPx: number },
): Promise<BenchClip> {
  const frames = LOOP_SECONDS * 25;
  // Counting iterations is slow; of 4K nobody sees that it was half as large.
  const drawn = heightPx > 1080 ? `${widthPx / 2}x${heightPx / 2}` : `${widthPx}x${heightPx}`;
  const zoom = `start_scale=0.4:end_scale=0.004:end_pts=${frames}:maxiter=300`;
  return addClip(system, `film-${heightPx}`, async (path) => {
    const once = join(system.folder, `film-${heightPx}.mp4`);
    await run("ffmpeg", [
      ...["-v", "error", "-y", "-f", "lavfi", "-i", `mandelbrot=size=${drawn}:rate=25:${SEAHORSES}:${zoom}`],
      ...["-f", "lavfi", "-i", "sine=frequency=330:sample_rate=48000", "-t", String(LOOP_SECONDS)],
      ...["-vf", `scale=${widthPx}:${heightPx},noise=alls=6:allf=t`, "-c:v", "libx264", "-preset", "veryfast"],
      ...["-b:v", "8M", "-maxrate", "12M", "-bufsize", "16M", "-pix_fmt", "yuv420p", "-c:a", "aac", once],
    ]);
    const repeats = Math.ceil(durationSeconds / LOOP_SECONDS) - 1;
    await run("ffmpeg", [
      ...["-v", "error", "-y", "-stream_loop", String(repeats), "-i", once, "-t", String(durationSeconds)],
      ...["-c", "copy", "-movflags", "+faststart", path],
    ]);
  });
}

/** A file of somebody else's, as it is. */
export async function addFile(system: BenchSystem, file: string): Promise<BenchClip> {
  return addClip(system, basename(file), (path) => copyFile(file, path), extname(file));
}

/** Any of ffmpeg's own sources, compressed as uploads are. */
export async function makeDrawnClip(
  system: BenchSystem,
  { name, picture, durationSeconds }: { name: string; picture: string; durationSeconds: number },
): Promise<BenchClip> {
  return addClip(system, name, (path) =>
    run("ffmpeg", [
      ...["-v", "error", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=frequency=330"],
      ...["-t", String(durationSeconds), "-c:v", "libx264", "-preset", "veryfast", "-crf", "19"],
      ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", path],
    ]),
  );
}

async function addClip(
  system: BenchSystem,
  name: string,
  write: (path: string) => Promise<unknown>,
  extension = ".mp4",
): Promise<BenchClip> {
  const mediaId = newMediaId();
  const storageKey = `a1/media/${mediaId}/source${extension}`;
  const path = join(system.storeDir, storageKey);
  await mkdir(dirname(path), { recursive: true });
  await write(path);
  const probed = await probe(path, { signal: AbortSignal.timeout(60_000) });
  if (!probed.ok) throw new Error(probed.failure.detail);
  const info = probed.value;
  await system.db.media.create({
    data: {
      ...{ id: mediaId, applicationId: 1, name, kind: mediaKindOf(info), source: "sample" },
      ...{ storageKey, sizeBytes: (await stat(path)).size, info },
    },
  });
  return { mediaId, path, info };
}
