/**
 * A ZIP of all files of a task or of one of its subtasks, packed while it is read: nothing is written to disk and no
 * more than one file is open at a time. Films do not shrink, so they are stored as they are.
 */
import { PassThrough, type Readable } from "node:stream";
import { ZipArchive } from "archiver";
import { z } from "zod";
import type { Db } from "../db/client.ts";
import type { FileLinks, LinkScope } from "../files/file-links.ts";
import { folderOf } from "../storage/key.ts";
import type { Store } from "../storage/store.ts";
import { attachmentNamed } from "./content-disposition.ts";
import { refuseFile } from "./serve-file.ts";
import { streamBody } from "./stream-body.ts";

interface Entry {
  /** Path inside the archive. */
  name: string;
  key: string;
}

const parts = z.array(z.object({ name: z.string() }));

export async function serveArchive(
  request: Request,
  { db, store, links }: { db: Db; store: Store; links: FileLinks },
  token: string,
): Promise<Response> {
  const opened = links.open(token);
  if (!opened.ok) return refuseFile(opened.failure);
  const scope = opened.value;
  if (scope.of !== "task" && scope.of !== "subtask") return refuseFile({ code: "LINK_EXPIRED", detail: scope.of });
  const packed = await listEntries(db, scope);
  if (packed.entries.length === 0) return refuseFile({ code: "OUTPUT_NOT_FOUND", detail: scope.id });
  const headers = {
    "Content-Type": "application/zip",
    "Content-Disposition": attachmentNamed(`${packed.title}.zip`),
    "Cache-Control": "private, no-store, no-transform",
    "X-Content-Type-Options": "nosniff",
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response(streamBody(pack(store, packed.entries), request.signal), { headers });
}

async function listEntries(
  db: Db,
  scope: Extract<LinkScope, { of: "task" | "subtask" }>,
): Promise<{ title: string; entries: Entry[] }> {
  const subtasks = await db.subtask.findMany({
    where: scope.of === "task" ? { taskId: scope.id } : { id: scope.id },
    orderBy: { number: "asc" },
    select: {
      number: true,
      kind: true,
      templateName: true,
      outputs: { orderBy: { number: "asc" }, select: { name: true, storageKey: true, parts: true } },
      task: { select: { id: true, media: { select: { name: true } } } },
    },
  });
  const [first] = subtasks;
  if (first === undefined) return { title: "", entries: [] };
  const stem = first.task.media.name.replace(/\.[^.]{1,5}$/, "");
  const suffix = scope.of === "task" ? "" : `-${first.number}`;
  const entries = subtasks.flatMap((subtask) => {
    const folder = [subtask.number, subtask.kind, subtask.templateName ?? ""].join("-");
    return subtask.outputs.flatMap((output) => {
      const names = [output.name, ...parts.parse(output.parts).map((part) => part.name)];
      const place = folderOf(output.storageKey);
      return names.map((name) => ({ name: `${fileNameOf(folder)}/${name}`, key: `${place}/${name}` }));
    });
  });
  return { title: `${stem}-${first.task.id}${suffix}`, entries };
}

/** A name every file system takes: no separators, no characters Windows refuses, no dot or space at the end. */
function fileNameOf(text: string): string {
  return text
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, "-")
    .replace(/\s+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/[-. ]+$/, "");
}

function pack(store: Store, entries: readonly Entry[]): Readable {
  const archive = new ZipArchive({ store: true });
  const packed = new PassThrough();
  const left = new AbortController();
  archive.on("error", (error) => packed.destroy(error));
  packed.on("close", () => {
    left.abort();
    archive.abort();
  });
  archive.pipe(packed);
  addAll(archive, store, entries, left.signal).catch((error: Error) => packed.destroy(error));
  return packed;
}

async function addAll(
  archive: ZipArchive,
  store: Store,
  entries: readonly Entry[],
  signal: AbortSignal,
): Promise<void> {
  for (const { name, key } of entries) {
    if (signal.aborted) return;
    const file = await store.open(key);
    // Breaking off is honest: a ZIP that opens, but lacks a file, is not.
    if (file === null) throw new Error(`Missing in the store: ${key}`);
    const { stream } = file;
    const { promise: added, resolve, reject } = Promise.withResolvers<void>();
    const letGo = () => {
      stream.destroy();
      reject(new Error("The reader left."));
    };
    signal.addEventListener("abort", letGo, { once: true });
    if (signal.aborted) letGo();
    archive.once("entry", resolve);
    stream.once("error", reject);
    archive.append(stream, { name, date: file.modifiedAt });
    await added;
    signal.removeEventListener("abort", letGo);
  }
  await archive.finalize();
}
