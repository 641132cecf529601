import { reportedSeconds } from "./ffmpeg/frame-report.ts";
import type { DeclaredOutput, DeclaredSeries, Plan } from "./plan.ts";

/** What a plan has promised, once its commands have run and what they reported can be read. */
export async function declaredOutputs(
  { outputs, series = [] }: Plan,
  read: (path: string) => Promise<string>,
): Promise<DeclaredOutput[]> {
  const timed = outputs.map(async (output) => (output.report === undefined ? [output] : [await timedBy(output, read)]));
  const found = series.map(async (one) => seriesOutputs(one, reportedSeconds(await read(one.report))));
  return (await Promise.all([...timed, ...found])).flat();
}

async function timedBy(output: DeclaredOutput, read: (path: string) => Promise<string>): Promise<DeclaredOutput> {
  const [atSeconds] = output.report === undefined ? [] : reportedSeconds(await read(output.report));
  return atSeconds === undefined ? output : { ...output, facts: { ...output.facts, atSeconds } };
}

/** A film without a single picture has at least to be missed by name. */
function seriesOutputs(
  { numbering, report: _, ...output }: DeclaredSeries,
  times: readonly number[],
): DeclaredOutput[] {
  return Array.from({ length: Math.max(1, times.length) }, (_unused, index) => {
    const atSeconds = times[index];
    return {
      ...output,
      name: numberedName(numbering, index + 1),
      facts: atSeconds === undefined ? output.facts : { ...output.facts, atSeconds },
    };
  });
}

function numberedName({ prefix, digits, suffix }: DeclaredSeries["numbering"], number: number): string {
  return `${prefix}${String(number).padStart(digits, "0")}${suffix}`;
}
