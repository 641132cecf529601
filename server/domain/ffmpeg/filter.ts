/**
 * Filter text is built here and nowhere else: values are escaped once, and a chain reads as a list of steps.
 *
 *     chain([filter("scale", [640, 360]), filter("setsar", [1])])    // scale=640:360,setsar=1
 */
type FilterValue = string | number;
type FilterArguments = readonly FilterValue[] | Readonly<Record<string, FilterValue>>;

/** One filter with positional or named arguments. */
export function filter(name: string, args: FilterArguments = []): string {
  const values = isList(args)
    ? args.map(escapeValue)
    : Object.entries(args).map(([key, value]) => `${key}=${escapeValue(value)}`);
  return values.length === 0 ? name : `${name}=${values.join(":")}`;
}

/** Filters one after another. Empty steps fall out, so that a caller can write a condition in place. */
export function chain(steps: readonly (string | null)[]): string {
  return steps.filter((step) => step !== null && step !== "").join(",");
}

/** Chains joined into one graph, each with the labels it reads and writes: `[a]scale=2:2[b]`. */
export function graph(chains: readonly { from?: readonly string[]; steps: string; to?: readonly string[] }[]): string {
  const label = (name: string) => `[${name}]`;
  return chains
    .map(({ from = [], steps, to = [] }) => `${from.map(label).join("")}${steps}${to.map(label).join("")}`)
    .join(";");
}

function isList(args: FilterArguments): args is readonly FilterValue[] {
  return Array.isArray(args);
}

/**
 * ffmpeg unescapes an argument twice: once when it splits a filter's arguments (`:`, `\`, `'`), once when it splits the
 * graph (`,`, `;`, `[`, `]`, `\`, `'`). See "Notes on filtergraph escaping" in ffmpeg-filters(1).
 */
function escapeValue(value: FilterValue): string {
  if (typeof value === "number") return numberText(value);
  return value.replaceAll(/[\\':]/g, (found) => `\\${found}`).replaceAll(/[\\',;[\]]/g, (found) => `\\${found}`);
}

/** Plain decimals: ffmpeg reads `1e-7`, but people who compare commands do not. At most microseconds, the unit it counts in. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/0+$/, "").replace(/\.$/, "");
}
