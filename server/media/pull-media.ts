import type { Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { enqueue } from "../jobs/enqueue.ts";
import type { AllowList } from "../outbound/allow-list.ts";
import { checkUrl } from "../outbound/check-url.ts";
import { checkProcedure } from "../tasks/draft-subtasks.ts";
import type { TaskRequest } from "../tasks/new-task.ts";
import { refuseRepeated } from "../tasks/refuse-repeated.ts";
import { displayNameOf } from "./begin-upload.ts";
import { mediaIdFrom } from "./media-id.ts";
import { planTask } from "./planned-tasks.ts";
import { sealAddresses } from "./pull-addresses.ts";
import { type UploadTerms, uploadTerms } from "./upload-terms.ts";

export interface PullRequest {
  applicationId: number;
  /** Null for pulls by the API. */
  createdById: string | null;
  url: string;
  /** A picture, for the media's cover. */
  coverUrl?: string;
  /** Of the media; by default what the address ends with. */
  name?: string;
  procedureName?: string;
  sessionId?: string;
  sessionContext?: string;
  terms?: Partial<UploadTerms>;
  /** A task whose id is told now, and which begins when the file is in. */
  task?: TaskRequest;
}

export interface BegunPull {
  uploadId: string;
  /** Of `task`. */
  taskId: string | null;
}

/** Has a worker fetch a file. What can be said of the address without looking it up is said at once. */
export async function pullMedia(
  db: Db,
  { secretKey, allow }: { secretKey: string; allow: AllowList },
  { applicationId, createdById, url, coverUrl, procedureName, task, ...said }: PullRequest,
): Promise<Result<BegunPull, Failure>> {
  for (const address of [url, ...(coverUrl === undefined ? [] : [coverUrl])]) {
    const checked = checkUrl(address, allow);
    if (!checked.ok) return checked;
  }
  if (procedureName !== undefined) {
    const procedure = await checkProcedure(db, applicationId, procedureName);
    if (!procedure.ok) return procedure;
  }
  const id = newId();
  const { name = "", sessionId, sessionContext = "", terms = {} } = said;
  return inTransaction(db, async (tx) => {
    const repeated = await refuseRepeated(tx, { applicationId, sessionId, startedBy: "pull" });
    if (repeated !== null) return repeated;
    await tx.upload.create({
      data: {
        ...{ id, applicationId, createdById, origin: "pull", sizeBytes: 0, sessionContext },
        fileName: displayNameOf(name.trim() === "" ? nameIn(url) : name),
        procedureName: procedureName ?? null,
        sessionId: sessionId || null,
        terms: uploadTerms.parse(terms),
        // Clients of the API ask for the media by it; a user of the console is told what is wrong, and has no media then.
        fileId: createdById === null ? mediaIdFrom(id) : null,
        sealedUrl: sealAddresses(secretKey, id, { url, ...(coverUrl === undefined ? {} : { coverUrl }) }),
      },
    });
    const planned = task === undefined ? null : await planTask(tx, id, task);
    if (planned !== null && !planned.ok) {
      await tx.upload.delete({ where: { id } });
      return planned;
    }
    await enqueue(tx, "pullMedia", { uploadId: id }, { jobKey: pullJobKey(id) });
    await notifyLive(tx, { applicationId, type: "upload", uploadId: id });
    return ok({ uploadId: id, taskId: planned?.value.taskId ?? null });
  });
}

/** There is one job for one pull, however often it is asked for. */
export function pullJobKey(uploadId: string): string {
  return `pull ${uploadId}`;
}

function nameIn(url: string): string {
  const { pathname, hostname } = new URL(url);
  const last = pathname.split("/").findLast((part) => part !== "") ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
