/**
 * A thread of its own for scripts: whoever hangs in it is ended with it. It knows Lua and what leaves it; what the answer
 * means is not its business. Started by `script-pool.ts`.
 */
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { LuaGlobal, LuaLibraries, LuaReturn, LuaType, LuaWasm } from "wasmoon";
import type { ScriptJob, ScriptReply } from "./script-job.ts";

const MEMORY_BYTES_MAX = 32 * 1024 * 1024;
/** No coroutines: they would carry on what was to be stopped. No `os`, `io`, `package`, `debug`. */
const LIBRARIES = [LuaLibraries.Base, LuaLibraries.Table, LuaLibraries.String, LuaLibraries.Math, LuaLibraries.UTF8];
const CHUNK = "=procedure";

const port = parentPort;
if (port === null) throw new Error("Scripts run in a thread.");
const lua = await LuaWasm.initialize();
const prelude = readFileSync(new URL("prelude.lua", import.meta.url), "utf8");

port.on("message", (job: ScriptJob) => port.postMessage(carryOut(job)));
port.postMessage("ready");

function carryOut(job: ScriptJob): ScriptReply {
  const state = new LuaGlobal(lua, true);
  state.setMemoryMax(MEMORY_BYTES_MAX);
  for (const library of LIBRARIES) state.loadLibrary(library);
  state.setTop(0);
  try {
    return job.task === "compile" ? compile(state, job.script) : run(state, job);
  } finally {
    // Before the reply: whatever closing costs is the script's own time.
    state.close();
  }
}

function compile(state: LuaGlobal, script: string): ScriptReply {
  const failed = load(state, script, CHUNK);
  return failed ?? { outcome: "compiled" };
}

function run(state: LuaGlobal, { script, input }: Extract<ScriptJob, { task: "run" }>): ScriptReply {
  const L = state.address;
  if (load(state, prelude, "=prelude") !== null) throw new Error("The prelude does not compile.");
  if (load(state, input, "=input") !== null) throw new Error("The input does not compile.");
  // Both are our own, but the memory they need counts.
  if (lua.lua_pcallk(L, 0, 4, 0, 0, null) !== LuaReturn.Ok) return failureOn(state);
  if (lua.lua_pcallk(L, 4, 2, 0, 0, null) !== LuaReturn.Ok) return failureOn(state);
  // 1: what runs scripts, 2: the mark of its refusals.
  const refusals = lua.lua_topointer(L, 2);
  lua.lua_pushvalue(L, 1);
  const failed = load(state, script, CHUNK);
  if (failed !== null) return failed;
  if (lua.lua_pcallk(L, 1, 1, 0, 0, null) === LuaReturn.Ok) {
    return { outcome: "answered", json: lua.lua_tolstring(L, -1, null) };
  }
  return refusalOn(state, refusals) ?? failureOn(state);
}

/** Leaves the function on the stack. Text alone: compiled code could break out of the machine. */
function load(state: LuaGlobal, text: string, name: string): ScriptReply | null {
  const { module } = lua;
  const size = module.lengthBytesUTF8(text);
  const pointer = module._malloc(size + 1);
  try {
    module.stringToUTF8(text, pointer, size + 1);
    const loaded = lua.luaL_loadbufferx(state.address, pointer, size, name, "t");
    return loaded === LuaReturn.Ok ? null : failureOn(state);
  } finally {
    module._free(pointer);
  }
}

/** The error on top of the stack. An object is not asked to describe itself: that would run it again. */
function failureOn({ address: L }: LuaGlobal): ScriptReply {
  const type = lua.lua_type(L, -1);
  const isText = type === LuaType.String || type === LuaType.Number;
  const message = isText ? lua.lua_tolstring(L, -1, null) : `an error of type ${lua.lua_typename(L, type)}`;
  return { outcome: "failed", message: message.slice(0, 500) };
}

function refusalOn(state: LuaGlobal, mark: number): ScriptReply | null {
  const { address: L } = state;
  if (lua.lua_type(L, -1) !== LuaType.Table || lua.lua_getmetatable(L, -1) === 0) return null;
  const isOurs = lua.lua_topointer(L, -1) === mark;
  lua.lua_pop(L, 1);
  if (!isOurs) return null;
  lua.lua_getfield(L, -1, "reason");
  const reason = lua.lua_tolstring(L, -1, null);
  lua.lua_pop(L, 1);
  lua.lua_getfield(L, -1, "values");
  const values: Record<string, string | number> = {};
  lua.lua_getfield(L, -1, "maximum");
  if (lua.lua_type(L, -1) === LuaType.Number) values.maximum = lua.lua_tonumberx(L, -1, null);
  lua.lua_pop(L, 1);
  lua.lua_getfield(L, -1, "type");
  if (lua.lua_type(L, -1) === LuaType.String) values.type = lua.lua_tolstring(L, -1, null);
  return { outcome: "refused", reason, values };
}
