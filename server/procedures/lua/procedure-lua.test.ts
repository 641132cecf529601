import fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "#domain/condition.ts";
import { blankInfo, type MediaInfo } from "#domain/media.ts";
import { STEP_KINDS } from "#domain/operations/operation.ts";
import { A_VIDEO } from "#domain/operations/test-plans.ts";
import { PRESET_PROCEDURES } from "#domain/presets/procedures.ts";
import { type Step, step } from "#domain/procedure.ts";
import { luaOfSteps } from "#domain/procedure-lua.ts";
import { runScript } from "./run-script.ts";

const FILM: MediaInfo = { ...blankInfo(1_000_000), formatName: "mov", durationSeconds: 60, video: A_VIDEO };
const SONG: MediaInfo = { ...blankInfo(1_000_000), formatName: "mp3", durationSeconds: 60 };

async function ran(steps: readonly Step[], media: MediaInfo): Promise<Step[]> {
  const answer = await runScript(luaOfSteps(steps), media);
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  const found = answer.value.steps;
  return Array.isArray(found) ? found.map((one) => step.parse(one)) : [];
}

test.each(PRESET_PROCEDURES)("$name as a script does the same", async ({ steps }) => {
  expect(await ran(steps, FILM)).toEqual(steps);
});

const aWhen = fc.array(
  fc.oneof(
    fc.record({
      fact: fc.constantFrom("widthPx", "durationSeconds", "bitrateKbps"),
      is: fc.constantFrom("atLeast", "atMost", "above", "below", "equals"),
      value: fc.constantFrom(0, 60, 720, 1280.5, 3000),
    }),
    fc.record({ fact: fc.constantFrom("hdr", "hasVideo"), is: fc.constant("equals"), value: fc.boolean() }),
    fc.record({ fact: fc.constant("container"), is: fc.constantFrom("equals", "differs"), value: fc.constant("mov") }),
  ),
  { maxLength: 3 },
);
const aStep = fc.record({
  operation: fc.constantFrom(...STEP_KINDS),
  template: fc.nat(2_000_000),
  override: fc.dictionary(
    fc.stringMatching(/^[a-z-]{1,6}$/),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.nat(), { minLength: 1 })),
    { maxKeys: 3 },
  ),
  when: aWhen,
});

test("steps of every kind do the same as scripts, on media of either kind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { maxLength: 5 }), fc.constantFrom(FILM, SONG), async (inputs, media) => {
      const steps = inputs.map((input) => step.parse(input));
      const expected = steps.filter(({ when }) => holds(when, media)).map((one) => ({ ...one, when: [] }));
      expect(await ran(steps, media)).toEqual(expected);
    }),
    { numRuns: 80 },
  );
});
