import { expect, test } from "vitest";
import { declaredOutputs } from "./declared-outputs.ts";
import type { DeclaredOutput, Plan } from "./plan.ts";

const PICTURE = {
  role: "image",
  contentType: "image/jpeg",
  facts: { widthPx: 64 },
  parts: null,
  probe: false,
} as const;
const FIRST: DeclaredOutput = { ...PICTURE, name: "first.jpg" };
const SERIES = {
  ...PICTURE,
  numbering: { prefix: "scene-", digits: 5, suffix: ".jpg" },
  report: "/scratch/scenes.txt",
};

const REPORT = `frame:0    pts:0       pts_time:0
lavfi.scene_score=0.000000
frame:1    pts:12345678 pts_time:12345.7
lavfi.scene_score=0.683916
`;

function resolved(plan: Partial<Plan>, report: string): Promise<DeclaredOutput[]> {
  const read = async (path: string) => (path === "/scratch/scenes.txt" ? report : "");
  return declaredOutputs({ commands: [], files: [], outputs: [], setsCover: false, ...plan }, read);
}

test("a series is as many outputs as its report has frames, each with its second to the millisecond", async () => {
  expect(await resolved({ outputs: [FIRST], series: [SERIES] }, REPORT)).toEqual([
    FIRST,
    { ...PICTURE, name: "scene-00001.jpg", facts: { widthPx: 64, atSeconds: 0 } },
    { ...PICTURE, name: "scene-00002.jpg", facts: { widthPx: 64, atSeconds: 12345.678 } },
  ]);
});

test("an output takes its second from its report", async () => {
  const [output] = await resolved({ outputs: [{ ...FIRST, report: "/scratch/scenes.txt" }] }, REPORT);
  expect(output).toMatchObject({ name: "first.jpg", facts: { widthPx: 64, atSeconds: 0 } });
});

test("a series without a frame promises its first picture, so that it is missed by name", async () => {
  expect(await resolved({ series: [SERIES] }, "")).toEqual([{ ...PICTURE, name: "scene-00001.jpg" }]);
});
