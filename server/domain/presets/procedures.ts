import { type Step, stepsBody } from "../procedure.ts";

/** Steps that several presets share. */
// The very first frame is often black.
const COVER = { operation: "cover", template: 10, use: { position: { unit: "best" } } };
const SAMPLED = { operation: "sampled-snapshot", template: 10 };
const SPRITE = { operation: "sprite", template: 10 };

function transcodes(...definitions: number[]) {
  return definitions.map((template) => ({ operation: "transcode", template }));
}

/** Procedures every application has. `comment` is a key of `presets.*`. */
export const PRESET_PROCEDURES: readonly { name: string; comment: string; steps: Step[] }[] = [
  { name: "Starter", comment: "starter", steps: [...transcodes(100010, 100020, 100030), COVER, SAMPLED, SPRITE] },
  { name: "QuickRemux", comment: "quickRemux", steps: [{ operation: "remux", template: 875 }, COVER] },
  {
    name: "AudioOnly",
    comment: "audioOnly",
    steps: [1120, 1010].map((template) => ({ operation: "audio", template })),
  },
  { name: "PreviewImages", comment: "previewImages", steps: [COVER, SAMPLED, SPRITE] },
  {
    name: "LongVideoPreset",
    comment: "longVideo",
    // Of the public tables, which take the first frame.
    steps: [{ operation: "adaptive-streaming", template: 10 }, SPRITE, { operation: "cover", template: 10 }],
  },
  {
    name: "SimpleAesEncryptPreset",
    comment: "simpleAesEncrypt",
    steps: [{ operation: "adaptive-streaming", template: 12 }, SPRITE, COVER],
  },
  {
    name: "QualityCheck",
    comment: "qualityCheck",
    steps: ["inspection", "health-check"].map((operation) => ({ operation, template: 10 })),
  },
].map(({ name, comment, steps }) => ({ name, comment, ...stepsBody.parse({ steps }) }));

export function presetProcedure(name: string): (typeof PRESET_PROCEDURES)[number] | undefined {
  return PRESET_PROCEDURES.find((one) => one.name === name);
}
