import { expect, test } from "vitest";
import { type Report, UNMEASURED } from "#domain/report/report.ts";
import { placeOf, readReport } from "./read-report.ts";

const REPORT: Report = {
  ...{ version: 1, kind: "inspection", verdict: "warnings", durationSeconds: 10, stretch: null },
  checks: ["black"],
  findings: [
    {
      ...{ check: "black", severity: "warning", startSeconds: 1, endSeconds: 3 },
      ...{ measured: null, threshold: null, stream: 0, thumbnail: "finding-001.jpg" },
    },
  ],
  ...{ findingsLeftOut: 0, streams: [], measures: UNMEASURED },
};

test("a report is read, and what is none is not", () => {
  expect(readReport(JSON.stringify(REPORT))).toEqual(REPORT);
  const [finding] = REPORT.findings;
  const wrong = [
    "",
    "[]",
    "{",
    JSON.stringify({ ...REPORT, version: 2 }),
    JSON.stringify({ ...REPORT, findings: [{ ...finding, thumbnail: "../../secret.jpg" }] }),
  ];
  for (const text of wrong) expect(readReport(text), text).toBeNull();
});

test("spans lie where they are, and end with the media", () => {
  expect(placeOf({ startSeconds: 1, endSeconds: 3 }, 10)).toEqual({ left: 10, width: 20 });
  expect(placeOf({ startSeconds: 8, endSeconds: 13 }, 10)).toEqual({ left: 80, width: 20 });
  expect(placeOf({ startSeconds: 1, endSeconds: 2 }, 0)).toEqual({ left: 0, width: 0 });
});
