import { expect, test } from "vitest";
import { aContext } from "../operations/test-plans.ts";
import { timeRangeParams } from "../operations/time-range.ts";
import { examinedStretchOf } from "./examined-stretch.ts";
import { planReport } from "./plan-report.ts";
import { FINDINGS_MAX, type Finding, report, UNMEASURED } from "./report.ts";

function finding(startSeconds: number, endSeconds: number, more: Partial<Finding> = {}): Finding {
  const usual = { severity: "warning", measured: null, threshold: null, stream: 0, thumbnail: null } as const;
  return { ...usual, check: "black", startSeconds, endSeconds, ...more };
}

const WHOLE = stretchOf({});

function stretchOf(offsets: object) {
  const found = examinedStretchOf(timeRangeParams.parse(offsets), aContext().media);
  if (!found.ok) throw new Error(found.failure.code);
  return found.value;
}

function planOf(findings: Finding[], stretch = WHOLE) {
  const found = { kind: "inspection", checks: ["black"], findings, streams: [], measures: UNMEASURED } as const;
  const plan = planReport({ ...found, checks: ["black"], streams: [] }, stretch, aContext());
  const [file] = plan.files;
  return { plan, read: report.parse(file !== undefined && "text" in file ? JSON.parse(file.text) : null) };
}

test("a picture is taken of the middle of what can be seen, and may be missing", () => {
  const { plan, read } = planOf([finding(12, 14), finding(1, 2, { check: "silent", stream: 1 })]);
  expect(read.findings.map(({ check, thumbnail }) => [check, thumbnail])).toEqual([
    ["silent", null],
    ["black", "finding-001.jpg"],
  ]);
  expect(plan.outputs).toMatchObject([
    { role: "report", name: "report.json", facts: { verdict: "warnings", findingCount: 2 } },
    { role: "image", name: "finding-001.jpg", facts: { atSeconds: 13 }, mayBeMissing: true },
  ]);
  expect(plan.commands).toMatchObject([
    {
      mayFail: true,
      inputs: [{ options: ["-noaccurate_seek", "-ss", "13"] }],
      outputs: [{ path: "/run/out/finding-001.jpg" }],
    },
  ]);
});

test("of very many findings the worst are kept, and pictures are some dozens at most", () => {
  const many = Array.from({ length: FINDINGS_MAX + 10 }, (_, n) => finding(n / 100, n / 100 + 0.5));
  const { plan, read } = planOf([...many, finding(20, 20.1, { severity: "error", check: "damage" })]);
  expect(read).toMatchObject({ verdict: "failed", findingsLeftOut: 11 });
  expect(read.findings).toHaveLength(FINDINGS_MAX);
  expect(read.findings.at(-1)).toMatchObject({ check: "damage", thumbnail: "finding-024.jpg" });
  expect(plan.commands).toHaveLength(24);
});

test("nothing found is passed", () => {
  expect(planOf([]).read).toMatchObject({ verdict: "passed", stretch: null });
});

test("a report says what it is of; one that was written before it could is of everything", () => {
  const { read } = planOf([], stretchOf({ startOffsetSeconds: 10, endOffsetPercent: -20 }));
  expect(read).toMatchObject({ durationSeconds: 25, stretch: { startSeconds: 10, endSeconds: 20 } });
  const { stretch: _, ...older } = read;
  expect(report.parse(older).stretch).toBeNull();
});
