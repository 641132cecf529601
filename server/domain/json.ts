/** JSON that strangers have written. */
import type { FieldError } from "./form.ts";

export const DOCUMENT_CHARACTERS_MAX = 1_000_000;
/** Of brackets within brackets. Templates need six. */
const DEPTH_MAX = 32;

const FORBIDDEN_KEYS = ["__proto__", "constructor", "prototype"];

/** JSON of a stranger: neither its size nor its depth costs us anything, and no key of it means anything to JavaScript. */
export function readJson(text: string): { value: unknown } | { fault: FieldError } {
  const fault = (message: string, values: FieldError["values"] = {}) => ({ fault: { path: "", message, values } });
  if (text.length > DOCUMENT_CHARACTERS_MAX) return fault("tooLong", { maximum: DOCUMENT_CHARACTERS_MAX });
  if (depthOf(text) > DEPTH_MAX) return fault("jsonTooDeep", { maximum: DEPTH_MAX });
  const forbidden = new Set<string>();
  try {
    const value: unknown = JSON.parse(text, (key, value) => {
      if (FORBIDDEN_KEYS.includes(key)) forbidden.add(key);
      return value;
    });
    const [key] = forbidden;
    return key === undefined ? { value } : fault("unknownField", { field: key });
  } catch {
    return fault("jsonSyntax");
  }
}

/** Counted before anything parses it, as parsers go down with the text. */
function depthOf(text: string): number {
  let deepest = 0;
  let depth = 0;
  // A text within quotes, escapes included, may hold brackets of its own.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth -= 1;
  }
  return deepest;
}
