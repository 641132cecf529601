/** Lengths, colours and points of time, which the wire writes as text: `10%`, `100px`, `0xFFFFFF`, `3.5s`. */
import { z } from "zod";
import type { Offset, Side } from "#domain/modifiers/length.ts";
import type { Position } from "#domain/operations/position.ts";

const NUMBER = String.raw`(?:\d{1,6}(?:\.\d{1,6})?)`;

interface Measure {
  value: number;
  unit: string;
}

/** Number and unit; the schemas below let nothing else come here. */
function read(text: string): Measure {
  const value = Number.parseFloat(text);
  return { value, unit: text.replace(/^[\d.]+/, "") };
}

function measureText(units: readonly string[], message: string) {
  return z.string().regex(new RegExp(`^${NUMBER}(?:${units.join("|")})$`), { message });
}

/** More than all of it, and more pixels than any picture has, are no measures. */
function isPossible(text: string): boolean {
  const { value, unit } = read(text);
  return value <= (unit === "px" ? 8192 : 100);
}

/** `N%` of the picture's side, or `Npx`. */
export const lengthText = measureText(["%", "px"], "N% or Npx").refine(isPossible, { message: "0% to 100%, or px" });

/** Of a drawing, also a share of either side, of the shorter or of the longer one. */
export const sideText = measureText(["%", "px", "W%", "H%", "S%", "L%"], "Npx, N%, NW%, NH%, NS% or NL%").refine(
  isPossible,
  { message: "0% to 100%, or px" },
);

export function offsetOf(text: string): Offset {
  const { value, unit } = read(text);
  return { value, unit: unit === "px" ? "px" : "percent" };
}

export function offsetTextOf({ value, unit }: Offset): string {
  return `${value}${unit === "px" ? "px" : "%"}`;
}

const SIDE_UNITS = {
  widthPercent: "W%",
  heightPercent: "H%",
  shortSidePercent: "S%",
  longSidePercent: "L%",
} as const satisfies Record<Exclude<Side["unit"], "px">, string>;

/** A bare percentage is one of the side that is measured. */
const BARE = { width: "widthPercent", height: "heightPercent" } as const;

export function sideOf(text: string, along: keyof typeof BARE): Side {
  const { value, unit } = read(text);
  if (unit === "px") return { value, unit };
  for (const known of ["widthPercent", "heightPercent", "shortSidePercent", "longSidePercent"] as const)
    if (SIDE_UNITS[known] === unit) return { value, unit: known };
  return { value, unit: BARE[along] };
}

export function sideTextOf({ value, unit }: Side, along: keyof typeof BARE): string {
  if (unit === "px") return `${value}px`;
  return `${value}${unit === BARE[along] ? "%" : SIDE_UNITS[unit]}`;
}

/** With its letter, also where a bare percentage would mean the same. */
export function explicitSideTextOf({ value, unit }: Side): string {
  return unit === "px" ? `${value}px` : `${value}${SIDE_UNITS[unit]}`;
}

export const colourText = z.string().regex(/^0x[0-9a-f]{6}$/i, { message: "0xRRGGBB" });

export function colourOf(text: string): string {
  return `#${text.slice(2).toLowerCase()}`;
}

export function colourTextOf(colour: string): string {
  return `0x${colour.slice(1).toUpperCase()}`;
}

/** A second of the source, or a share of its duration. */
export const momentText = measureText(["s", "%"], "Ns or N%").refine(
  (text) => text.endsWith("s") || Number.parseFloat(text) <= 100,
  { message: "0% to 100%" },
);

export function momentOf(text: string): Position {
  const { value, unit } = read(text);
  return { value, unit: unit === "s" ? "seconds" : "percent" };
}

/** Where a picture is sought rather than named, from which second on. */
export function momentTextOf({ value, unit }: Position): string {
  return `${value}${unit === "percent" ? "%" : "s"}`;
}
