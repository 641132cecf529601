import { expect, test } from "vitest";
import type { UploadRow } from "#server/api/rows.ts";
import { mergeUploads } from "./merge-uploads.ts";
import { newEntry, type UploadEntry } from "./upload-entry.ts";

function anEntry(id: string, more: Partial<UploadEntry> = {}): UploadEntry {
  return { ...newEntry(id, new File(["x"], `${id}.mp4`), null), ...more };
}

function aRow(id: string): UploadRow {
  return {
    id,
    fileName: `${id}.mp4`,
    sizeBytes: 1,
    receivedBytes: 0,
    state: "receiving",
    origin: "browser",
    procedureName: null,
    error: null,
    mediaId: null,
    taskId: null,
    createdAt: new Date(0),
  };
}

test("an upload of this tab and its row at the server are one", () => {
  const sending = anEntry("1", { state: "sending", uploadUrl: "http://host/api/uploads/abc" });
  const { local, others } = mergeUploads([sending], [aRow("abc"), aRow("def")]);
  expect(local).toEqual([{ entry: sending, row: aRow("abc") }]);
  expect(others).toEqual([aRow("def")]);
});

test("files not yet started stand apart, and their interrupted upload is not listed twice", () => {
  const staged = anEntry("1", { uploadUrl: "http://host/api/uploads/abc" });
  expect(mergeUploads([staged], [aRow("abc")])).toEqual({ staged: [staged], local: [], others: [] });
});

test("uploads of this tab stay in the order they were added", () => {
  const entries = [anEntry("1", { state: "sent" }), anEntry("2", { state: "queued" })];
  expect(mergeUploads(entries, []).local.map(({ entry }) => entry.id)).toEqual(["1", "2"]);
});
