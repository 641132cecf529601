/** A value as Lua writes it. Every byte outside plain ASCII letters is written as a number, so nothing in a text is code. */
export function luaLiteral(value: unknown): string {
  if (value === null || value === undefined) return "nil";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return luaNumber(value);
  if (typeof value === "string") return luaString(value);
  if (Array.isArray(value)) return `{${value.map(luaLiteral).join(",")}}`;
  if (typeof value !== "object") throw new Error(`No Lua for a ${typeof value}`);
  return `{${Object.entries(value)
    .map(([key, inner]) => `[${luaString(key)}]=${luaLiteral(inner)}`)
    .join(",")}}`;
}

function luaNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error("No Lua for a number that is none");
  return String(value);
}

function luaString(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `"${Array.from(bytes, (byte) => `\\${String(byte).padStart(3, "0")}`).join("")}"`;
}
