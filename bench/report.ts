export interface Line {
  name: string;
  figure: string;
  /** What design and README promise, when they promise something. */
  target: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new Error("No values to take the median of.");
  return (lower + upper) / 2;
}

/** What that share of the values does not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error("No values to take a percentile of.");
  return value;
}

/** `1.012 (1.004–1.030)`: median, least and most. */
export function spread(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

export function print(line: Line): void {
  console.log(`${line.name.padEnd(64)} ${line.figure.padEnd(28)} ${line.target}`);
}
