import type { UploadRow } from "#server/api/rows.ts";
import { uploadIdOf } from "./upload-address.ts";
import type { UploadEntry } from "./upload-entry.ts";

/** An upload as this tab knows it, with what the server says of it once it has said something. */
export interface LocalUpload {
  entry: UploadEntry;
  row: UploadRow | null;
}

export interface MergedUploads {
  /** Not started yet. */
  staged: UploadEntry[];
  /** Of this tab, in the order they were added, so that rows keep their places. */
  local: LocalUpload[];
  /** Known to the server only: of an earlier visit, another tab or another machine. */
  others: UploadRow[];
}

export function mergeUploads(entries: readonly UploadEntry[], rows: readonly UploadRow[]): MergedUploads {
  const rowOf = (entry: UploadEntry) => {
    const { uploadUrl } = entry;
    return uploadUrl === null ? null : (rows.find((row) => row.id === uploadIdOf(uploadUrl)) ?? null);
  };
  const local = entries.map((entry) => ({ entry, row: rowOf(entry) }));
  const ours = new Set(local.map(({ row }) => row?.id));
  return {
    staged: entries.filter((entry) => entry.state === "staged"),
    local: local.filter(({ entry }) => entry.state !== "staged"),
    // An interrupted upload whose file stands ready to be started is not listed twice.
    others: rows.filter((row) => !ours.has(row.id)),
  };
}
