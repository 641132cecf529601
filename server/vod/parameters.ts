/**
 * Parameters as they travel: JSON in a body, or flat text in a query or form (`Definitions.0=10`). Everything here comes
 * from outside, so depth is bounded and no name reaches a prototype.
 */
import type { z } from "zod";
import { ok, type Result } from "../domain/result.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { isVendorCode, type VendorCode } from "./vendor-codes.ts";

export interface Parameters {
  values: Record<string, unknown>;
  /** Whether all values are text, because they came in a query or form; then "10" is a number where one is due. */
  flat: boolean;
}

/** Deeper than any action's own. */
const DEPTH_MAX = 32;

export function fromJson(body: Uint8Array): Result<Parameters, Refusal> {
  let parsed: unknown;
  try {
    parsed = body.length === 0 ? {} : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return refuse("InvalidParameter", "The request body is not valid JSON.");
  }
  if (!isRecord(parsed)) return refuse("InvalidParameter", "The request body is not a JSON object.");
  const wrong = cleanse(parsed, 1);
  return wrong === null ? ok({ values: parsed, flat: false }) : refuse("InvalidParameter", wrong);
}

/** Takes out nulls, which mean "not given", where they stand; answers what cannot be accepted. */
function cleanse(value: object, depth: number): string | null {
  if (depth > DEPTH_MAX) return "The parameters are nested too deeply.";
  for (const [name, member] of Object.entries(value)) {
    if (name === "__proto__") return "A parameter cannot be named `__proto__`.";
    if (member === null && !Array.isArray(value)) Reflect.deleteProperty(value, name);
    if (typeof member !== "object" || member === null) continue;
    const wrong = cleanse(member, depth + 1);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** A place of the tree that flat names describe. Maps, as names come from outside. */
type Branch = Map<string, Branch | string>;

export function fromFlat(entries: Iterable<readonly [name: string, value: string]>): Result<Parameters, Refusal> {
  const root: Branch = new Map();
  for (const [name, value] of entries) {
    const path = name.split(".");
    const last = path.pop() ?? "";
    if (path.length >= DEPTH_MAX) return refuse("InvalidParameter", "The parameters are nested too deeply.");
    let branch = root;
    for (const part of path) {
      const next = branch.get(part) ?? new Map();
      if (typeof next === "string") return refuse("InvalidParameter", `The parameter \`${name}\` is given twice.`);
      branch.set(part, next);
      branch = next;
    }
    if (branch.has(last)) return refuse("InvalidParameter", `The parameter \`${name}\` is given twice.`);
    branch.set(last, value);
  }
  if (named(root, "__proto__")) return refuse("InvalidParameter", "A parameter cannot be named `__proto__`.");
  return ok({ values: Object.fromEntries([...root].map(([name, branch]) => [name, unfold(branch)])), flat: true });
}

function named(branch: Branch, name: string): boolean {
  return branch.has(name) || [...branch.values()].some((next) => typeof next !== "string" && named(next, name));
}

/** What is numbered from 0 without a gap is a list. */
function unfold(branch: Branch | string): unknown {
  if (typeof branch === "string") return branch;
  const items = Array.from(branch.keys(), (_, index) => branch.get(String(index)));
  const isList = items.every((item) => item !== undefined);
  return isList
    ? items.map((item) => unfold(item ?? ""))
    : Object.fromEntries([...branch].map(([name, next]) => [name, unfold(next)]));
}

export function parseParameters<Request extends z.ZodObject>(
  request: Request,
  { values, flat }: Parameters,
): Result<z.output<Request>, Refusal> {
  const parsed = request.safeParse(values);
  if (parsed.success) return ok(parsed.data);
  if (flat && readAsTyped(values, parsed.error.issues)) return parseParameters(request, { values, flat });
  const [issue] = parsed.error.issues;
  return issue === undefined ? refuse("InvalidParameter", "The parameters are not valid.") : refusalOf(values, issue);
}

/** Where a number or boolean is due and text says one, it becomes one. Answers whether anything changed. */
function readAsTyped(values: Record<string, unknown>, issues: readonly z.core.$ZodIssue[]): boolean {
  const changed = issues.map((issue) => {
    if (issue.code !== "invalid_type") return false;
    const parent = at(values, issue.path.slice(0, -1));
    const name = issue.path.at(-1);
    if (typeof parent !== "object" || parent === null || name === undefined) return false;
    const text: unknown = Reflect.get(parent, name);
    const typed = typeof text === "string" ? typedText(text, issue.expected) : undefined;
    return typed !== undefined && Reflect.set(parent, name, typed);
  });
  return changed.includes(true);
}

function typedText(text: string, expected: string): number | boolean | undefined {
  if (expected === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  const isNumber = (expected === "number" || expected === "int") && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  return isNumber ? Number(text) : undefined;
}

function at(values: unknown, path: readonly PropertyKey[]): unknown {
  let found = values;
  for (const part of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = Reflect.get(found, part);
  }
  return found;
}

function refusalOf(values: Record<string, unknown>, issue: z.core.$ZodIssue): Result<never, Refusal> {
  const path = issue.path.map(String).join(".");
  // A custom rule speaks of the whole; all others of a value that is missing when it is.
  if (issue.code !== "custom" && at(values, issue.path) === undefined) {
    return refuse("MissingParameter", `The request is missing the required parameter \`${path}\`.`);
  }
  if (issue.code === "invalid_type") {
    return refuse("InvalidParameter", `The type of parameter \`${path}\` is not valid: expected ${issue.expected}.`);
  }
  return refuse(codeFor(issue), `The value of parameter \`${path}\` is not valid: ${issue.message}`);
}

/** Many fields have codes of their own: `InvalidParameterValue.Status`, `.SessionIdTooLong`. */
function codeFor({ code, path }: z.core.$ZodIssue): VendorCode {
  const field = path.findLast((part) => typeof part === "string");
  const own = [`${String(field)}TooLong`, String(field)].map((name) => `InvalidParameterValue.${name}`);
  const known = own.slice(code === "too_big" ? 0 : 1).find(isVendorCode);
  return known ?? "InvalidParameterValue";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
