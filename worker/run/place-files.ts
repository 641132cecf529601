/** Puts what ffmpeg is to read where plans expect it. */
import type { Failure } from "#domain/error.ts";
import type { NamedFile } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { RUN_FOLDERS } from "#server/plans/plan-context.ts";
import { FileMissing, type Store } from "#server/storage/store.ts";
import type { ReferredFile } from "#server/tasks/read-referred.ts";
import type { Workspace } from "./workspace.ts";

export async function placeSource(
  store: Store,
  key: string,
  workspace: Workspace,
  folder = RUN_FOLDERS.source(),
): Promise<Result<string, Failure>> {
  try {
    return ok(await store.materialise(key, await workspace.folder(...folder)));
  } catch (error) {
    if (error instanceof FileMissing) return fail({ code: "SOURCE_GONE", detail: key });
    throw error;
  }
}

/** What operations refer to, by id. A file that is gone is missing here, and fails only those who need it. */
export async function placeFiles(
  store: Store,
  files: readonly ReferredFile[],
  workspace: Workspace,
): Promise<Readonly<Record<string, NamedFile>>> {
  const placed: Record<string, NamedFile> = {};
  for (const { storageKey, id, ...file } of files) {
    const path = await placeSource(store, storageKey, workspace, RUN_FOLDERS.file(id));
    if (path.ok) placed[id] = { ...file, path: path.value };
  }
  return placed;
}
