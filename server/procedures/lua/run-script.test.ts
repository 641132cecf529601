import { expect, test } from "vitest";
import { type MediaInfo, mediaInfo } from "#domain/media.ts";
import { A_VIDEO } from "#domain/operations/test-plans.ts";
import { compileScript, runScript } from "./run-script.ts";

const FILM: MediaInfo = mediaInfo.parse({
  ...{ formatName: "mov,mp4", durationSeconds: 90, sizeBytes: 10_000_000, bitrateBps: 900_000 },
  video: { ...A_VIDEO, widthPx: 1920, heightPx: 1080 },
  audio: [
    {
      ...{ index: 1, codec: "aac", channels: 2, sampleRateHz: 48_000, bitrateBps: 128_000 },
      ...{ durationSeconds: 90, language: null, title: null, isDefault: true },
    },
  ],
  ...{ subtitles: [], attachedPictureIndex: null },
});

const run = (script: string, args: Parameters<typeof runScript>[2] = []) => runScript(script, FILM, args);

async function reasonOf(script: string): Promise<unknown> {
  const ran = await run(script);
  return ran.ok ? ran.value.steps : ran.failure.map(({ reason }) => reason);
}

test("a flow decides by what the media is", async () => {
  const script = `
    local steps = { cover(10, { position = { unit = "percent", value = 20 } }) }
    for _, rung in ipairs({ { 360, 100010 }, { 720, 100030 }, { 2160, 100050 } }) do
      if rung[1] <= media.shortSidePx then steps[#steps + 1] = transcode(rung[2], { audio = null }) end
    end
    if media.durationSeconds > 3600 then steps[#steps + 1] = sprite(10) end
    return { steps = steps, priority = 3 }`;
  const ran = await run(script);
  expect(ran).toMatchObject({
    value: {
      steps: [
        { operation: "cover", template: 10, use: { position: { unit: "percent", value: 20 } } },
        { operation: "transcode", template: 100_010, override: { audio: null } },
        { operation: "transcode", template: 100_030 },
      ],
      priority: 3,
    },
  });
  expect(ran.ok && ran.value.lines.slice(0, 3)).toEqual([2, 4, 4]);
});

test("arguments are given to a script, as call and as args", async () => {
  const steps = [
    { operation: "transcode", template: 20 },
    { operation: "sprite", template: 10 },
  ];
  expect(await run("local ids, more = ... return { transcode(ids[2]), sprite(more) }", [[10, 20], 10])).toMatchObject({
    value: { steps },
  });
  expect(await run("return { transcode(args[1]), sprite(args[2]) }", [20, 10])).toMatchObject({ value: { steps } });
});

test("flows as classes, as the VOD API had them, run as they are", async () => {
  const script = `
    local Flow = NewProcedureClass()
    function Flow:constructor(definitions) self.definitions = definitions end
    function Flow:handleProcess()
      local set = ProcessActionSet.new()
      local transcode = TranscodeAction.new()
      for _, definition in ipairs(self.definitions) do
        if File.mediaInfo.metaData.height >= 720 then transcode:addTranscodeDefinition(definition) end
      end
      transcode:addTranscodeDefinition(self.definitions[1])
      transcode.watermarkDefinition = 150
      set:addAction(transcode)
      local cover = CoverBySnapshotAction.new()
      cover.definition = 10
      set:addAction(cover)
      return set
    end
    function CreateProcedure(definitions)
      local flow = Flow.new(definitions)
      flow:setPriority(7)
      return flow
    end`;
  expect(await run(script, [[10, 20]])).toMatchObject({
    value: {
      steps: [
        { operation: "transcode", template: 10, use: { watermarks: [{ template: 150 }] } },
        { operation: "transcode", template: 20 },
        { operation: "cover", template: 10 },
      ],
      priority: 7,
    },
  });
});

test("what is wrong with a script is told with its place", async () => {
  expect(await compileScript("return {\n  transcode(10),\n  }}")).toMatchObject({
    failure: [{ line: 3, column: 4, reason: "lua", values: { message: expect.stringContaining("near '}'") } }],
  });
  expect(await compileScript("return { cover(10) }")).toEqual({ ok: true, value: undefined });
  expect(await run("\nreturn { transcod(10) }")).toMatchObject({
    failure: [{ line: 2, reason: "lua", values: { message: expect.stringContaining("'transcod'") } }],
  });
  expect(await run('return { transcode("x") }')).toMatchObject({ failure: [{ line: 1, reason: "lua" }] });
  expect(await run("return 5")).toMatchObject({ failure: [{ reason: "luaNoSteps", values: { type: "number" } }] });
  expect(await run("return { steps = { function() end } }")).toMatchObject({ failure: [{ reason: "luaNoValue" }] });
});

test.each([
  "os",
  "io",
  "require",
  "load",
  "loadstring",
  "loadfile",
  "dofile",
  "debug",
  "package",
  "coroutine",
  "collectgarbage",
  "print",
  "string.dump",
  "math.random",
  "js",
])("there is no %s", async (name) => {
  expect(await reasonOf(`if ${name} ~= nil then return {} end error("none", 0)`)).toEqual(["lua"]);
});

const HOSTILE: Record<string, [script: string, reason: string]> = {
  "an endless loop": ["while true do end", "luaTooLong"],
  "an endless loop inside pcall": ["while true do pcall(function() while true do end end) end", "luaTooLong"],
  "an endless loop in an error's handler": ["xpcall(error, function() while true do end end) return {}", "luaTooLong"],
  "an endless loop by goto": ["::a:: goto a", "luaTooLong"],
  "a pattern without end": [
    `return { string.find(("a"):rep(64) .. "b", ("a-"):rep(64) .. "c") and cover(10) }`,
    "luaTooLong",
  ],
  "a string that is too long": [`local s = ("x"):rep(1 << 30) return {}`, "lua"],
  "a string that doubles": [`local s = "x" while true do s = s .. s end`, "lua"],
  "a table that grows": ["local t = {} for i = 1, 1e9 do t[i] = i end", "lua"],
  "memory taken again and again inside pcall": [
    `while true do pcall(function() local s = "x" while true do s = s .. s end end) end`,
    "luaTooLong",
  ],
  "recursion without end": ["local function f() return 1 + f() end f()", "lua"],
  "recursion by metatables": [
    "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k .. 'x'] end return t.a",
    "lua",
  ],
  "work when it is collected": ["setmetatable({}, { __gc = function() while true do end end })", "lua"],
  "an error that describes itself without end": [
    "error(setmetatable({}, { __tostring = function() while true do end end }))",
    "lua",
  ],
  "an answer within itself": ["local t = { steps = {} } t.steps[1] = t return t", "luaTooDeep"],
  "an answer that is too long": [`return { steps = { ("x"):rep(1000000) } }`, "luaTooMuch"],
  "an answer of no number": ["return { steps = { 0/0 } }", "luaNoNumber"],
  "an answer of lists and names": ["return { steps = { { 1, a = 2 } } }", "luaMixedTable"],
  "a change of what strings can do": [`getmetatable("").__index = nil`, "lua"],
  "a width that is too wide": [`return string.format("%99999d", 1)`, "lua"],
};
test.each(Object.entries(HOSTILE))("%s is stopped, and others are served meanwhile", async (_, [script, reason]) => {
  let ticks = 0;
  const clock = setInterval(() => ticks++, 5);
  const hostile = reasonOf(script);
  const honest = run("return { cover(10) }");
  expect(await hostile).toEqual([reason]);
  expect(await honest).toMatchObject({ ok: true });
  clearInterval(clock);
  if (reason === "luaTooLong") expect(ticks).toBeGreaterThan(10);
});

test("nothing is left for the next: each script has a world of its own", async () => {
  for (let n = 0; n < 4; n++) {
    const found = await run(`local seen = left; left = media.widthPx; string.rep = nil; pcall = nil
      return { cover(seen and 1 or 2) }`);
    expect(found).toMatchObject({ value: { steps: [{ template: 2 }] } });
  }
});

test("what the language itself needs can be changed by a script, and hurts it alone", async () => {
  const vandal = `local g = _G for name in pairs(g) do if name ~= "cover" then g[name] = nil end end return { cover(10) }`;
  expect(await run(vandal)).toMatchObject({ value: { steps: [{ operation: "cover", template: 10 }] } });
});

test("many at once are all answered", async () => {
  const runs = Array.from({ length: 60 }, (_, n) => run(`return { cover(${n + 1}) }`));
  const answers = await Promise.all(runs);
  expect(answers.map((one) => one.ok && one.value.steps)).toMatchObject(answers.map((_, n) => [{ template: n + 1 }]));
});
