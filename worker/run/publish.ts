/** Turns what a plan left in its output folder into stored outputs: all of them, or none. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "#domain/error.ts";
import { displaySizeOf, type MediaInfo } from "#domain/media.ts";
import type { DeclaredOutput, OutputFacts } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Store } from "#server/storage/store.ts";
import type { PublishedOutput } from "#server/tasks/finish-run.ts";
import { probe } from "./probe.ts";

interface Publication {
  outputs: readonly DeclaredOutput[];
  /** Holds the finished files, and is moved away. */
  outputDir: string;
  /** Where they go: below the run's own prefix. */
  prefix: string;
}

/** Checks that everything declared is there, then moves the folder into the store. */
export async function publish(
  store: Store,
  { outputs, outputDir, prefix }: Publication,
  signal: AbortSignal,
): Promise<Result<PublishedOutput[], Failure>> {
  const sizes = await sizesOf(outputDir);
  const published: PublishedOutput[] = [];
  for (const output of outputs) {
    const { role, name, contentType } = output;
    const sizeBytes = sizes.get(name) ?? 0;
    if (sizeBytes === 0 && output.mayBeMissing) continue;
    if (sizeBytes === 0) return fail({ code: "OUTPUT_MISSING", detail: name });
    const parts = partsOf(output, sizes);
    const empty = parts.find((part) => part.sizeBytes === 0);
    if (empty !== undefined || (output.parts !== null && parts.length === 0)) {
      return fail({ code: "OUTPUT_MISSING", detail: empty?.name ?? `the parts of ${name}` });
    }
    const facts = await factsOf(output, outputDir, signal);
    if (!facts.ok) return facts;
    published.push({
      role,
      name,
      contentType,
      facts: facts.value,
      storageKey: `${prefix}/${name}`,
      sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, sizeBytes),
      parts,
    });
  }
  await removeUndeclared(outputDir, sizes, published);
  signal.throwIfAborted();
  try {
    await store.putFolder(outputDir, prefix);
  } catch (error) {
    return fail({ code: "STORAGE_FAILED", detail: error instanceof Error ? error.message : String(error) });
  }
  return ok(published);
}

async function sizesOf(folder: string): Promise<ReadonlyMap<string, number>> {
  const names = await readdir(folder);
  return new Map(await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)));
}

function partsOf({ name, parts }: DeclaredOutput, sizes: ReadonlyMap<string, number>): PublishedOutput["parts"] {
  if (parts === null) return [];
  const { prefix, suffix } = parts;
  return Array.from(sizes, ([part, sizeBytes]) => ({ name: part, sizeBytes }))
    .filter((part) => part.name !== name && part.name.startsWith(prefix) && part.name.endsWith(suffix))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

async function factsOf(
  output: DeclaredOutput,
  folder: string,
  signal: AbortSignal,
): Promise<Result<OutputFacts, Failure>> {
  if (!output.probe) return ok(output.facts);
  const probed = await probe(join(folder, output.name), { signal });
  // The encoder was content, and yet what it wrote cannot be read.
  if (!probed.ok) return fail({ code: "ENCODER_FAILED", detail: `${output.name}: ${probed.failure.detail}` });
  return ok({ ...output.facts, ...factsIn(probed.value) });
}

function factsIn({ video, audio, durationSeconds, bitrateBps }: MediaInfo): OutputFacts {
  const facts: OutputFacts = {};
  if (durationSeconds > 0) Object.assign(facts, { durationSeconds, bitrateBps } satisfies OutputFacts);
  if (video !== null) {
    const { codec: videoCodec, framesPerSecond, bitrateBps: videoBitrateBps } = video;
    Object.assign(facts, { ...displaySizeOf(video), videoCodec, framesPerSecond } satisfies OutputFacts);
    if (videoBitrateBps > 0) facts.videoBitrateBps = videoBitrateBps;
  }
  if (audio[0] !== undefined) {
    const { codec: audioCodec, sampleRateHz, bitrateBps: audioBitrateBps } = audio[0];
    Object.assign(facts, { audioCodec, sampleRateHz } satisfies OutputFacts);
    if (audioBitrateBps > 0) facts.audioBitrateBps = audioBitrateBps;
  }
  return facts;
}

/** What no output names (two-pass leftovers, a file that grew beside) is not served to anybody, so it is not stored. */
async function removeUndeclared(
  folder: string,
  sizes: ReadonlyMap<string, number>,
  published: readonly PublishedOutput[],
): Promise<void> {
  const declared = new Set(published.flatMap(({ name, parts }) => [name, ...parts.map((part) => part.name)]));
  const undeclared = [...sizes.keys()].filter((name) => !declared.has(name));
  await Promise.all(undeclared.map((name) => rm(join(folder, name), { recursive: true })));
}
