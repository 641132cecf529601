/** Reading what planners wrote: the options of a command, by name. */

/** Options in their order; one without a value has an empty one. */
export function pairsOf(options: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < options.length; index++) {
    const name = options[index] ?? "";
    const next = options[index + 1];
    const hasValue = next !== undefined && (!next.startsWith("-") || /^-(\d|$)/.test(next));
    pairs.push([name, hasValue ? next : ""]);
    if (hasValue) index++;
  }
  return pairs;
}

/** The last one counts, as it does for ffmpeg. */
export function optionOf(options: readonly string[], ...names: readonly string[]): string | undefined {
  return pairsOf(options).findLast(([name]) => names.includes(name))?.[1];
}

/** `1800k` in bits a second. */
export function bitsOf(text: string | undefined): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([kM]?)$/.exec(text ?? "") ?? [];
  if (number === undefined) return null;
  return Number(number) * (unit === "M" ? 1e6 : unit === "k" ? 1e3 : 1);
}

export function secondsOf(text: string | undefined): number | null {
  const seconds = Number(text);
  return text === undefined || text === "" || Number.isNaN(seconds) ? null : seconds;
}
