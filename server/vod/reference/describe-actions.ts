/** The API as its reference shows it: read from the schemas that requests are checked by, so it cannot be out of date. */
import { z } from "zod";
import { type Action, type Product, VERSIONS } from "../action.ts";
import { ACTIONS } from "../actions.ts";
import { EVENT_NAMES } from "../events/event-names.ts";
import { exampleOf } from "./examples.ts";

export const ACTION_GROUPS = [
  "uploads",
  "media",
  "tasks",
  "procedures",
  "templates",
  "events",
  "applications",
] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

export interface ReferenceParameter {
  /** `MediaProcessTask.TranscodeTaskSet[].Definition`. */
  path: string;
  /** `string`, `integer`, `array`, …; empty where anything may be said. */
  type: string;
  required: boolean;
  /** Null where there is none. Of a text its length, of a list its items, of a number the number itself. */
  minimum: number | null;
  maximum: number | null;
  choices: readonly string[];
  /** JSON; null for none. */
  default: string | null;
}

export interface ReferenceAction {
  product: Product;
  version: string;
  name: string;
  group: ActionGroup;
  parameters: ReferenceParameter[];
  /** A request, as JSON. */
  example: string;
}

export interface ApiReference {
  actions: ReferenceAction[];
  events: { type: string; member: string }[];
}

export function describeApi(): ApiReference {
  const events = Object.values(EVENT_NAMES).map(({ type, member }) => ({ type, member }));
  return { actions: ACTIONS.map(describeAction), events };
}

function describeAction({ product, name, request }: Action): ReferenceAction {
  const schema = node.parse(z.toJSONSchema(request, { io: "input", unrepresentable: "any" }));
  return {
    ...{ product, name, version: VERSIONS[product], group: groupOf(name) },
    parameters: parametersOf(schema, "", 0),
    example: JSON.stringify(exampleOf(name), null, 2),
  };
}

function groupOf(name: string): ActionGroup {
  if (name.includes("Procedure") && name.includes("Template")) return "procedures";
  if (/Templates?$/u.test(name)) return "templates";
  if (/Event/u.test(name)) return "events";
  if (/SubAppId/u.test(name)) return "applications";
  if (/Upload|Manifest/u.test(name)) return "uploads";
  return /^(?:Process|Edit|Split|Compose|Manage)|Task/u.test(name) ? "tasks" : "media";
}

/** As much of JSON Schema as our schemas come to. */
interface Node {
  type?: string | undefined;
  properties?: Record<string, Node> | undefined;
  required?: string[] | undefined;
  items?: Node | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  default?: unknown;
  anyOf?: Node[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
}

const number = z.number().optional();
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    properties: z.record(z.string(), node).optional(),
    required: z.array(z.string()).optional(),
    items: node.optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    anyOf: z.array(node).optional(),
    ...{ minimum: number, maximum: number, minLength: number, maxLength: number, minItems: number, maxItems: number },
  }),
);

/** Far deeper than any; what contains itself ends here. */
const DEPTH_MAX = 8;

function parametersOf({ properties = {}, required = [] }: Node, above: string, depth: number): ReferenceParameter[] {
  if (depth > DEPTH_MAX) return [];
  return Object.entries(properties).flatMap(([name, one]) => {
    const path = `${above}${name}`;
    const item = one.items ?? {};
    return [
      parameterOf(one, path, required.includes(name)),
      ...shapesOf(one).flatMap((shape) => parametersOf(shape, `${path}.`, depth + 1)),
      ...shapesOf(item).flatMap((shape) => parametersOf(shape, `${path}[].`, depth + 1)),
    ];
  });
}

/** Of a choice between shapes each; fields that several have are told once for each. */
function shapesOf(one: Node): Node[] {
  return one.anyOf === undefined ? [one] : one.anyOf;
}

const SAFE = Number.MAX_SAFE_INTEGER;

function parameterOf(one: Node, path: string, required: boolean): ReferenceParameter {
  const limit = (value: number | undefined) => (value === undefined || Math.abs(value) >= SAFE ? null : value);
  const choices = one.enum ?? (one.const === undefined ? [] : [one.const]);
  const isList = one.type === "array";
  return {
    ...{ path, required, type: isList ? `${one.items?.type ?? ""}[]` : (one.type ?? "") },
    minimum: limit(one.minimum ?? one.minLength ?? one.minItems),
    maximum: limit(one.maximum ?? one.maxLength ?? one.maxItems),
    choices: choices.filter((choice) => choice !== "").map(String),
    default: one.default === undefined ? null : JSON.stringify(one.default),
  };
}
