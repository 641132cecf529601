/** What the console is told: the shapes of the tRPC answers. Browser code imports these as types only. */
import type { AssetInfo } from "#domain/asset.ts";
import type { ErrorCode } from "#domain/error.ts";
import type { Estimate } from "#domain/estimate/estimate.ts";
import type { LiveMessage } from "#domain/live.ts";
import type { MediaInfo, MediaKind } from "#domain/media.ts";
import type { KeyMoment } from "#domain/media-facts.ts";
import type { DeliveryError, DeliveryState, NotificationKind } from "#domain/notification.ts";
import type { Operation, OperationKind } from "#domain/operations/operation.ts";
import type { OutputFacts, OutputRole } from "#domain/plan.ts";
import type { Step } from "#domain/procedure.ts";
import type { NotifyMode, RunState, StartedBy, SubtaskCounts, SubtaskState, TaskState } from "#domain/task.ts";
import type { TemplateFamily } from "#domain/template.ts";
import type { TrialResult, TrialState } from "#domain/trial/trial.ts";
import type { MediaSource, Role, UploadOrigin, UploadState } from "../../prisma/generated/enums.ts";
import type { ListedKey } from "../api-keys/list-keys.ts";
import type { SignatureVerdict } from "../events/check-signature.ts";
import type { ListedEndpoint } from "../events/endpoints.ts";
import type { ListedPipeline } from "../pipelines/list-pipelines.ts";
import type { ListedProcedure } from "../procedures/procedure-row.ts";
import type { ImportedTemplate, ImportPreview } from "../templates/import-templates.ts";
import type { ListedVersion } from "../templates/list-versions.ts";
import type { TemplatePreview } from "../templates/preview-template.ts";
import type { ListedTemplate } from "../templates/template-row.ts";
import type { TemplateUse } from "../templates/template-users.ts";

export type { MediaSource, Role, SignatureVerdict, UploadState };

/** A failure as stored; its sentence is the message `errors.<code>`. */
export interface StoredError {
  code: ErrorCode;
  detail: string;
}

/** One page of a list. `nextCursor` is opaque; null on the last page. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
  /** Counting stops at a bound: `capped` means "at least this many". */
  total: { count: number; capped: boolean };
}

export interface Me {
  user: { id: string; name: string; email: string; role: Role };
  application: { id: number; name: string };
}

/** A file that forms refer to by its id. */
export interface AssetRow {
  id: string;
  name: string;
  info: AssetInfo;
  url: string;
}

export type LiveChange = LiveMessage | { type: "reconnected" };

export interface TaskRow {
  id: string;
  state: TaskState;
  /** Someone asked to cancel it and a worker has not let go yet. */
  cancelling: boolean;
  media: { id: string; name: string; kind: MediaKind; thumbnailUrl: string | null };
  procedureName: string | null;
  procedureVersion: number | null;
  /** What was asked for, where it was more than a name. */
  procedureText: string | null;
  priority: number;
  startedBy: StartedBy;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  progressPercent: number;
  remainingSeconds: number | null;
  counts: SubtaskCounts;
  subtasks: { id: string; number: number; state: SubtaskState; kind: OperationKind; progressPercent: number }[];
  /** Null once the media is deleted. */
  sourceUrl: string | null;
  /** Null while there is nothing to pack. */
  zipUrl: string | null;
}

export interface TaskDetail extends TaskRow {
  pipelineName: string;
  sessionId: string | null;
  sessionContext: string;
  notifyMode: NotifyMode;
  outputDir: string | null;
  createdByName: string | null;
  subtaskRows: SubtaskRow[];
}

export interface SubtaskRow {
  id: string;
  number: number;
  state: SubtaskState;
  kind: OperationKind;
  template: { definition: number; name: string; version: number | null } | null;
  startedAt: Date | null;
  endedAt: Date | null;
  progressPercent: number;
  speed: number | null;
  remainingSeconds: number | null;
  runId: string | null;
  error: StoredError | null;
  /** Made just before its last run; null until then. */
  estimate: Estimate | null;
  outputs: OutputRow[];
  made: MadeRow | null;
}

/** A media that an edit made, and the task that began on it. */
export interface MadeRow {
  media: MediaRow;
  sourceUrl: string;
  taskId: string | null;
}

export interface OutputRow {
  id: string;
  number: number;
  role: OutputRole;
  name: string;
  contentType: string;
  sizeBytes: number;
  facts: OutputFacts;
  partCount: number;
  url: string;
  downloadUrl: string;
}

export interface SubtaskDetail extends SubtaskRow {
  taskId: string;
  /** Null when its parameters could not even be put together. */
  operation: Operation | null;
  media: { id: string; name: string; info: MediaInfo };
  /** Other media that its operation names, also those that were deleted since. */
  inputs: { id: string; name: string }[];
  zipUrl: string | null;
  /** Newest attempt first. */
  runs: RunRow[];
}

export interface RunRow {
  id: string;
  attempt: number;
  state: RunState;
  workerHost: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  error: StoredError | null;
  /** Of all subtasks it carried out: more than one where they shared a decode. */
  subtaskNumbers: number[];
  /** Argument arrays exactly as started, program first. */
  commands: string[][];
}

export interface RunLog {
  chunks: { number: number; text: string }[];
  /** Nothing will follow. */
  ended: boolean;
}

export interface MediaRow {
  id: string;
  name: string;
  kind: MediaKind;
  source: MediaSource;
  sizeBytes: number;
  durationSeconds: number;
  widthPx: number | null;
  heightPx: number | null;
  thumbnailUrl: string | null;
  /** Why the file cannot be read: then nothing is known of it. */
  error: StoredError | null;
  createdAt: Date;
}

export interface MediaDetail extends MediaRow {
  info: MediaInfo;
  description: string;
  tags: string[];
  categoryId: number | null;
  /** From the top level down. */
  categoryPath: string[];
  keyMoments: KeyMoment[];
  /** When it is deleted by itself. */
  expiresAt: Date | null;
  sourceUrl: string;
  downloadUrl: string;
  createdByName: string | null;
  /** The latest 20. */
  tasks: TaskRow[];
  renditions: Rendition[];
}

/** An output of a succeeded subtask on this media, newest first. */
export interface Rendition {
  taskId: string;
  subtaskId: string;
  kind: OperationKind;
  templateName: string | null;
  output: OutputRow;
}

export interface UploadRow {
  id: string;
  fileName: string;
  sizeBytes: number;
  receivedBytes: number;
  state: UploadState;
  /** How its file comes in. */
  origin: UploadOrigin;
  procedureName: string | null;
  error: StoredError | null;
  mediaId: string | null;
  taskId: string | null;
  createdAt: Date;
}

export type TemplateRow = ListedTemplate;
export type TemplateVersionRow = ListedVersion;
export type { ImportedTemplate, ImportPreview, TemplatePreview, TemplateUse };

export interface TemplateKey {
  family: TemplateFamily;
  definition: number;
}

export type ProcedureRow = Omit<ListedProcedure, "body"> & {
  /** None where a script finds them. `templateName` is null when the template no longer exists. */
  steps: (Step & { templateName: string | null })[];
  /** The script, where it is one. */
  lua: string | null;
};
export type { ListedVersion as ProcedureVersionRow } from "../procedures/list-versions.ts";
export type { ApiReference, ReferenceAction, ReferenceParameter } from "../vod/reference/describe-actions.ts";

export type PipelineRow = ListedPipeline;

export interface UserRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
}

interface WorkerRow {
  id: string;
  host: string;
  concurrency: number;
  ffmpegVersion: string;
  startedAt: Date;
  alive: boolean;
}

export interface SystemStatus {
  workers: WorkerRow[];
}

/** A notification on its way to one receiver. */
export interface DeliveryRow {
  id: string;
  kind: NotificationKind;
  /** As the VOD API calls it. */
  eventType: string;
  state: DeliveryState;
  attemptCount: number;
  /** Of what waits: the next try, or for the pull queue when it is to be had (again). Null until it has been put together. */
  nextAt: Date | null;
  /** Pulled, and not confirmed yet. */
  handedOut: boolean;
  errorCode: DeliveryError | null;
  media: { id: string; name: string; deleted: boolean } | null;
  taskId: string | null;
  /** Null: the pull queue. */
  endpoint: { id: string; name: string; url: string; enabled: boolean; deleted: boolean } | null;
  createdAt: Date;
  endedAt: Date | null;
}

export interface DeliveryDetail extends DeliveryRow {
  /** As it was sent last, or will be; null until it has been put together. */
  body: string | null;
  /** Of the last attempt. */
  headers: Record<string, string> | null;
  /** Newest first. */
  attempts: DeliveryAttemptRow[];
}

export interface DeliveryAttemptRow {
  number: number;
  startedAt: Date;
  durationMs: number;
  status: number | null;
  errorCode: DeliveryError | null;
  errorDetail: string;
  answer: string;
}

export type EndpointRow = ListedEndpoint;

export interface ApiKeyRow extends ListedKey {
  /** Named by API_SECRET_ID: what is deleted here is back after the next start. */
  fromEnvironment: boolean;
}

export interface ApiKeyList {
  keys: ApiKeyRow[];
  /** Those that a key may be made for. */
  applications: { id: number; name: string }[];
  /** Where clients reach the API. */
  endpoint: string;
}

export type { DryRun } from "../plans/dry-run.ts";

/** A trial as its user sees it. */
export interface TrialRow {
  id: string;
  state: TrialState;
  error: StoredError | null;
  result: TrialResult | null;
  /** Where each of its files is read, by name. */
  urls: Record<string, string>;
}
