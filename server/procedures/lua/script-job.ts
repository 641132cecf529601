/** What goes into the thread of scripts, and what comes out of it. */
export type ScriptJob =
  | { task: "compile"; script: string }
  /** `input`: Lua that gives back what the prelude is called with. */
  | { task: "run"; script: string; input: string };

export type ScriptReply =
  | { outcome: "compiled" }
  | { outcome: "answered"; json: string }
  /** In Lua's own words, the line before it: `procedure:3: …`. */
  | { outcome: "failed"; message: string }
  /** It ended well, but what it gave back cannot be steps. A key of `validation.*` says why. */
  | { outcome: "refused"; reason: string; values: Record<string, string | number> };
