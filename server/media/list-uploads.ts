import type { Upload } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import type { UploadFiles } from "./upload-files.ts";

export type ListedUpload = Omit<Upload, "receivedBytes"> & { receivedBytes: number };

/** The latest 50 of one user, with what has arrived of each. */
export async function listUploads(
  db: Db,
  files: UploadFiles,
  owner: { applicationId: number; createdById: string },
): Promise<ListedUpload[]> {
  const uploads = await db.upload.findMany({
    where: owner,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 50,
  });
  return Promise.all(uploads.map((upload) => withReceived(files, upload)));
}

export async function withReceived(files: UploadFiles, upload: Upload): Promise<ListedUpload> {
  // A worker's machine has the file of a pull, and says here how far it came.
  if (upload.origin === "pull") return { ...upload, receivedBytes: Number(upload.receivedBytes) };
  if (upload.state !== "receiving") return { ...upload, receivedBytes: Number(upload.sizeBytes) };
  return { ...upload, receivedBytes: (await files.received(upload.id))?.sizeBytes ?? 0 };
}
