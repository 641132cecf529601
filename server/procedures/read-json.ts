/** Procedures as JSON: ours, or as the VOD API writes them. What is wrong is told with the place it stands at. */
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { z } from "zod";
import { fieldErrorsOf } from "#domain/form.ts";
import { readJson } from "#domain/json.ts";
import { luaBody, type ProcedureBody, stepsBody } from "#domain/procedure.ts";
import { faultAt, type ProcedureFault, positionAt, type TextPosition } from "#domain/procedure-fault.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Tx } from "../db/client.ts";
import { procedureInput, readProcedureInput } from "../vod/procedures/read-steps.ts";

type Read<T> = Result<T, ProcedureFault[]>;

export async function readJsonProcedure(tx: Tx, applicationId: number, text: string): Promise<Read<ProcedureBody>> {
  const tree = parse(text);
  if (!tree.ok) return tree;
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value)) return readAs(stepsBody, { steps: value }, text, tree.value, 1);
  if (isObject(value) && "lua" in value) return readAs(luaBody, value, text, tree.value);
  if (isObject(value) && !("steps" in value) && Object.keys(value).some((key) => /^[A-Z]/u.test(key)))
    return readWire(tx, applicationId, value, text, tree.value);
  return readAs(stepsBody, value, text, tree.value);
}

/** Members of the object of `CreateProcedureTemplate`. Anything else is its `MediaProcessTask` alone. */
const MEMBERS = Object.keys(procedureInput.shape);

async function readWire(
  tx: Tx,
  applicationId: number,
  value: object,
  text: string,
  tree: Node,
): Promise<Read<ProcedureBody>> {
  const isWhole = MEMBERS.some((member) => member in value);
  const read = readAs(procedureInput, isWhole ? value : { MediaProcessTask: value }, text, tree, isWhole ? 0 : 1);
  if (!read.ok) return read;
  const steps = await readProcedureInput(tx, applicationId, read.value);
  if (steps.ok) return ok({ steps: steps.value });
  const { message } = steps.failure;
  return fail([faultAt(placeOf(text, /`(\w+)`/u.exec(message)?.[1]), "vendorWords", { message })]);
}

/** Where a field is named for the first time; the beginning where it is not. */
function placeOf(text: string, field: unknown): TextPosition {
  return positionAt(text, Math.max(text.indexOf(`"${field}"`), 0));
}

/** More than anybody reads. A text can be wrong in ten thousand places, each of which has to be looked for. */
const FAULTS_MAX = 20;

/** `above`: how many levels of a fault's path the text itself does not have. */
function readAs<S extends z.ZodType>(
  schema: S,
  value: unknown,
  text: string,
  tree: Node,
  above = 0,
): Read<z.output<S>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail(
    fieldErrorsOf(parsed.error)
      .slice(0, FAULTS_MAX)
      .map(({ path, message, values }) => {
        const segments = path.split(".").slice(above);
        return faultAt(positionAt(text, nearest(tree, segments).offset), message, values, path);
      }),
  );
}

/** The value at a path, or what comes nearest to it: a field that is missing stands in the object that lacks it. */
function nearest(tree: Node, path: readonly string[]): Node {
  for (let length = path.length; length > 0; length--) {
    const segments = path.slice(0, length).map((segment) => (/^\d+$/u.test(segment) ? Number(segment) : segment));
    const found = findNodeAtLocation(tree, segments);
    if (found !== undefined) return found;
  }
  return tree;
}

function parse(text: string): Read<Node> {
  const safe = readJson(text);
  if ("fault" in safe && safe.fault.message !== "jsonSyntax") {
    const { message, values } = safe.fault;
    return fail([faultAt(placeOf(text, values.field), message, values)]);
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [error] = errors;
  if (error === undefined && tree !== undefined) return ok(tree);
  const message = error === undefined ? "" : printParseErrorCode(error.error);
  return fail([faultAt(positionAt(text, error?.offset ?? 0), "json", { message })]);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
