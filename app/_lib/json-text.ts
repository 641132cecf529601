import { findNodeAtLocation, type Node, type ParseError, parseTree } from "jsonc-parser";
import type { FieldError } from "#domain/form.ts";
import { readJson } from "#domain/json.ts";

/** From 1, as editors count. */
export interface Place {
  line: number;
  column: number;
}

export type PlacedFault = FieldError & Place;

export interface JsonText {
  /** Absent where the text is no JSON, or one that we do not take. */
  value: unknown;
  faults: readonly PlacedFault[];
  /** Where in the text something wrong with the value stands. */
  placed: (error: FieldError) => PlacedFault;
}

/** JSON as somebody typed it, with the row and column of everything in it. */
export function readJsonText(text: string): JsonText {
  const json = readJson(text);
  const placed = (tree: Node | undefined) => (error: FieldError) => ({
    ...error,
    ...placeAt(text, offsetOf(tree, error)),
  });
  if ("value" in json) {
    const tree = parseTree(text);
    const faults = duplicatesIn(tree).map((node) => ({
      ...{ path: "", message: "jsonTwice", values: { field: String(node.value) } },
      ...placeAt(text, node.offset),
    }));
    return { value: faults.length > 0 ? undefined : json.value, faults, placed: placed(tree) };
  }
  // What is too large or too deep is not looked at any closer.
  if (json.fault.message !== "jsonSyntax") {
    return { value: undefined, faults: [{ ...json.fault, line: 1, column: 1 }], placed: placed(undefined) };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors);
  const at = errors[0]?.offset ?? 0;
  return { value: undefined, faults: [{ ...json.fault, ...placeAt(text, at) }], placed: placed(tree) };
}

/** The value itself. Of an unknown field its name; of a missing one the nearest thing around it that is there. */
function offsetOf(tree: Node | undefined, { path, message }: FieldError): number {
  if (tree === undefined || path === "") return tree?.offset ?? 0;
  const steps = path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = steps.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, steps.slice(0, length));
    if (node === undefined) continue;
    const isMeant = length === steps.length && message !== "unknownField";
    return isMeant || node.parent?.type !== "property" ? node.offset : node.parent.offset;
  }
  return tree.offset;
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** Names that stand twice in one object: JSON takes the last, and the first would be lost without a word. */
function duplicatesIn(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  const names = node.type === "object" ? (node.children ?? []).flatMap((property) => property.children?.[0] ?? []) : [];
  const twice = names.filter((name, index) => names.findIndex(({ value }) => value === name.value) < index);
  return [...twice, ...(node.children ?? []).flatMap(duplicatesIn)];
}
