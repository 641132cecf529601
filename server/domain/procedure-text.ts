/**
 * How a procedure is named: by the name of a stored one, by a call of one with arguments, as JSON, or as Lua. Which of the
 * four a text is follows from how it begins, so that what is wrong with it is said in the words of that form.
 */
import { faultAt, type ProcedureFault, positionAt, type TextPosition } from "./procedure-fault.ts";
import { fail, ok, type Result } from "./result.ts";

type Scalar = number | string | boolean | null;
export type Argument = Scalar | readonly Exclude<Scalar, null>[];

export interface ProcedureCall {
  name: string;
  args: readonly { value: Argument; at: TextPosition }[];
}

export type ProcedureText =
  | ({ form: "call" } & ProcedureCall)
  | { form: "json"; text: string }
  | { form: "lua"; text: string };

/** Longer than any name, and than the widest call. */
const CALL_CHARACTERS_MAX = 2_000;
export const PROCEDURE_BYTES_MAX = 256 * 1024;

/** A name alone is a call without arguments. Never looks whether the procedure exists. */
export function parseProcedureText(text: string): Result<ProcedureText, ProcedureFault[]> {
  const start = text.search(/\S/u);
  if (start < 0) return fail([faultAt(positionAt(text, 0), "procedureTextNeeded")]);
  if (new TextEncoder().encode(text).length > PROCEDURE_BYTES_MAX) {
    return fail([faultAt(positionAt(text, 0), "procedureTextTooLong", { maximum: PROCEDURE_BYTES_MAX / 1024 })]);
  }
  if (/[{[]/u.test(text[start] ?? "")) return ok({ form: "json", text });
  const call = text.length <= CALL_CHARACTERS_MAX ? new CallReader(text).read() : null;
  if (call?.ok) return ok({ form: "call", ...call.value });
  // Scripts give something back, or are functions that do; comments may come first.
  if (call === null || text.startsWith("--", start) || /\b(?:return|function)\b/u.test(text)) {
    return ok({ form: "lua", text });
  }
  return call;
}

const WORD = /[\p{L}\p{M}\p{N}_-]+/uy;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;
const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ["nil", null],
  ["true", true],
  ["false", false],
]);
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

class Fault extends Error {
  readonly fault: ProcedureFault;

  constructor(fault: ProcedureFault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** `Name(1, nil, {10,20}, "text")`, blanks anywhere between. */
class CallReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Result<ProcedureCall, ProcedureFault[]> {
    try {
      const name = this.#name();
      const args = this.#take("(") ? this.#arguments() : [];
      this.#blank();
      if (this.#offset < this.#text.length) this.#unexpected();
      return ok({ name, args });
    } catch (error) {
      if (error instanceof Fault) return fail([error.fault]);
      throw error;
    }
  }

  #name(): string {
    this.#blank();
    const word = this.#match(WORD)?.[0];
    return word ?? this.#unexpected();
  }

  #arguments(): ProcedureCall["args"] {
    const args: { value: Argument; at: TextPosition }[] = [];
    if (this.#take(")")) return args;
    do {
      this.#blank();
      const at = positionAt(this.#text, this.#offset);
      args.push({ value: this.#take("{") ? this.#list() : this.#scalar(), at });
    } while (this.#take(","));
    if (!this.#take(")")) this.#unexpected();
    return args;
  }

  #list(): Exclude<Scalar, null>[] {
    const items: Exclude<Scalar, null>[] = [];
    if (this.#take("}")) return items;
    do items.push(this.#scalar() ?? this.#refuse("nilInList"));
    while (this.#take(","));
    if (!this.#take("}")) this.#unexpected();
    return items;
  }

  #scalar(): Scalar {
    this.#blank();
    const next = this.#text[this.#offset];
    if (next === "," || next === ")" || next === "}") this.#refuse("emptyArgument");
    if (next === '"' || next === "'") return this.#string(next);
    const number = this.#match(NUMBER)?.[0];
    if (number !== undefined) return Number(number);
    const before = this.#offset;
    const word = this.#match(WORD)?.[0];
    const value = word === undefined ? undefined : WORDS.get(word);
    if (value !== undefined) return value;
    this.#offset = before;
    return this.#unexpected();
  }

  #string(quote: string): string {
    const start = this.#offset++;
    let value = "";
    for (;;) {
      const character = this.#text[this.#offset++];
      if (character === undefined || character === "\n") {
        this.#offset = start;
        this.#refuse("unfinishedString");
      } else if (character === quote) return value;
      else if (character === "\\") {
        const escaped = this.#text[this.#offset++] ?? "";
        value += ESCAPES[escaped] ?? escaped;
      } else value += character;
    }
  }

  #blank(): void {
    while (/\s/u.test(this.#text[this.#offset] ?? "")) this.#offset++;
  }

  #take(character: string): boolean {
    this.#blank();
    if (this.#text[this.#offset] !== character) return false;
    this.#offset++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#offset = pattern.lastIndex;
    return match;
  }

  #unexpected(): never {
    this.#blank();
    const found = String.fromCodePoint(this.#text.codePointAt(this.#offset) ?? 0);
    if (this.#offset >= this.#text.length) this.#refuse("unexpectedEnd");
    return this.#refuse("unexpectedCharacter", { found });
  }

  #refuse(reason: string, values: ProcedureFault["values"] = {}): never {
    throw new Fault(faultAt(positionAt(this.#text, this.#offset), reason, values));
  }
}
