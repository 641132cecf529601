import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import type { FileLinks } from "../files/file-links.ts";

/** An address that plays an output in any player, without a session; of an encrypted one it brings the key along. */
export async function readPlaybackUrl(
  db: Db,
  links: FileLinks,
  applicationId: number,
  outputId: string,
): Promise<Result<string, Failure>> {
  const output = await db.output.findFirst({
    where: { id: outputId, subtask: { task: { applicationId } } },
    select: { storageKey: true, contentKey: { select: { id: true } } },
  });
  if (output === null) return fail({ code: "OUTPUT_NOT_FOUND", detail: outputId });
  const { storageKey, contentKey } = output;
  return ok(contentKey === null ? links.url(storageKey) : links.playbackUrl(storageKey, contentKey.id));
}
