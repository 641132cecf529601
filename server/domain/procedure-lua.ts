/** Steps as the script that does the same: where somebody begins who needs more than steps can say. */
import type { Condition } from "./condition.ts";
import { useParamsOf } from "./operations/operation.ts";
import type { Step } from "./procedure.ts";

const COMPARISONS = { equals: "==", differs: "~=", atLeast: ">=", atMost: "<=", above: ">", below: "<" } as const;
const INDENT = "  ";

export function luaOfSteps(steps: readonly Step[]): string {
  const lines = steps.flatMap((step) => {
    const add = `steps[#steps + 1] = ${callOf(step)}`;
    return step.when.length === 0
      ? [add]
      : [`if ${step.when.map(luaOfCondition).join(" and ")} then`, `${INDENT}${add}`, "end"];
  });
  return ["local steps = {}", ...lines, "return steps", ""].join("\n");
}

/** What makes no sense of a media holds of it neither way; in Lua it is `nil`. */
function luaOfCondition({ fact, is, value }: Condition): string {
  const compared = `media.${fact} ${COMPARISONS[is]} ${luaOf(value)}`;
  return is === "equals" ? compared : `media.${fact} ~= nil and ${compared}`;
}

/** `transcode(100030, { startOffsetSeconds = 5, override = { … } })`; what is as usual is not said. */
function callOf({ operation, template, use, override }: Step): string {
  const usual: Record<string, unknown> = useParamsOf(operation).parse({});
  const said = Object.entries(use).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]));
  if (Object.keys(override).length > 0) said.push(["override", override]);
  const options = said.length === 0 ? "" : `, ${luaOf(Object.fromEntries(said))}`;
  return `${operation.replaceAll("-", "_")}(${template}${options})`;
}

/** `null` is a word of scripts: `nil` would say nothing. */
function luaOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return luaString(value);
  if (typeof value !== "object") return String(value);
  const items = Array.isArray(value)
    ? value.map(luaOf)
    : Object.entries(value).map(([key, inner]) => `${nameOf(key)} = ${luaOf(inner)}`);
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

const LUA_WORDS: readonly string[] = [
  ...["and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil"],
  ...["not", "or", "repeat", "return", "then", "true", "until", "while"],
];

function nameOf(key: string): string {
  return /^[A-Za-z_]\w*$/u.test(key) && !LUA_WORDS.includes(key) ? key : `[${luaString(key)}]`;
}

/** JSON's escapes are Lua's but for those of characters by number. */
function luaString(text: string): string {
  return JSON.stringify(text).replace(/\\u([0-9a-f]{4})/giu, (_, hex: string) => `\\u{${hex}}`);
}
