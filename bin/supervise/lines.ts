/** The output of several programs as one readable log. */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { styleText } from "node:util";

export type WriteLine = (name: string, line: string) => void;

const NAME_WIDTH = 8;
const LEVELS: Record<number, string> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };
/** Says nothing here that the prefix does not say. */
const UNINTERESTING = new Set(["level", "time", "pid", "hostname", "name", "msg", "err"]);

export function forwardLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
    if (line.trim() !== "") onLine(line);
  });
}

export function writeLine(name: string, line: string): void {
  console.log(`${styleText("dim", name.padEnd(NAME_WIDTH))} ${readable(line)}`);
}

/** Our processes log JSON objects, one a line; a person reads time, level and message first. Other lines stay as they are. */
export function readable(line: string): string {
  const entry = parseEntry(line);
  if (entry === null) return line;
  const time = new Date(Number(entry.time)).toISOString().slice(11, 19);
  const details = Object.entries(entry)
    .filter(([key]) => !UNINTERESTING.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return `${time} ${LEVELS[Number(entry.level)] ?? entry.level} ${entry.msg ?? ""}${details.join("")}${stackOf(entry.err)}`;
}

function parseEntry(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) && "level" in entry && "time" in entry ? entry : null;
  } catch {
    return null;
  }
}

function stackOf(error: unknown): string {
  return isRecord(error) && typeof error.stack === "string" ? `\n${error.stack}` : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
