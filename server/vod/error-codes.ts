/** The vendor's words for what goes wrong, and which of them each failure of ours becomes. */
import type { ErrorCode, Failure } from "../domain/error.ts";
import type { VendorCode } from "./vendor-codes.ts";

/** `ErrCodeExt` of a child that failed. */
export type ErrCodeExt =
  | "InternalError"
  | `InvalidInput${"" | ".ConfigurationUnsupported" | ".DefinitionNotExist" | ".InvalidTimeOffset" | ".PermissionDenied"}`
  | `SourceFileError${"" | ".ContentMalformed" | ".ContentUnsupported" | ".DownloadNotAccessible" | ".NoVideoMedia"}`;

interface Translation {
  /** Of a request that failed. */
  code: VendorCode;
  /** Of a subtask that failed. */
  ext: ErrCodeExt;
  text: string;
}

const NOT_OURS = { code: "InternalError", ext: "InternalError" } as const;
const GONE = { code: "ResourceNotFound", ext: "InvalidInput" } as const;
const UNSUITABLE = { code: "InvalidParameterValue", ext: "InvalidInput.ConfigurationUnsupported" } as const;
const BROKEN = { code: "FailedOperation", ext: "SourceFileError.ContentMalformed" } as const;
const UNSUPPORTED = { code: "FailedOperation", ext: "SourceFileError.ContentUnsupported" } as const;

const TRANSLATIONS = {
  NOT_MEDIA: { ...UNSUPPORTED, text: "The source is not a video, audio or image file that can be read." },
  EMPTY_FILE: { ...BROKEN, text: "The source file is empty." },
  MEDIA_TRUNCATED: { ...BROKEN, text: "The source file is incomplete or damaged." },
  MEDIA_REFERENCES_FILES: { ...UNSUPPORTED, text: "The source points to other files instead of holding media itself." },
  MEDIA_TOO_LARGE: { ...UNSUPPORTED, text: "The picture is larger than can be processed." },
  NO_DURATION: { ...UNSUPPORTED, text: "The media has no known duration, which this operation needs." },
  NO_VIDEO_STREAM: {
    code: "FailedOperation",
    ext: "SourceFileError.NoVideoMedia",
    text: "The media has no video stream.",
  },
  NO_AUDIO_STREAM: { ...UNSUPPORTED, text: "The media has no audio stream." },
  SUBTITLES_NOT_FOUND: { ...UNSUITABLE, text: "The media has no such subtitle track." },
  SUBTITLES_NOT_TEXT: { ...UNSUITABLE, text: "These subtitles are stored as pictures; only text can be burnt in." },
  SOURCE_GONE: {
    code: "ResourceNotFound.FileNotExist",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The source file no longer exists.",
  },
  INVALID_PARAMETER: { ...UNSUITABLE, text: "A parameter is not valid" },
  INVALID_TIME_OFFSET: {
    code: "InvalidParameterValue.StartTimeOffset",
    ext: "InvalidInput.InvalidTimeOffset",
    text: "The time range lies outside the media.",
  },
  DRAWING_FAILED: { ...UNSUITABLE, text: "The text or SVG of a watermark could not be drawn." },
  CODEC_NOT_IN_CONTAINER: { ...UNSUITABLE, text: "The container cannot hold this codec." },
  CANNOT_ENCRYPT: { ...UNSUITABLE, text: "This video is stored turned; copied into HLS it cannot be encrypted." },
  CANNOT_COPY: { ...UNSUITABLE, text: "These clips cannot be joined without encoding." },
  TEMPLATE_NOT_FOUND: {
    code: "ResourceNotFound.TemplateNotExist",
    ext: "InvalidInput.DefinitionNotExist",
    text: "The template does not exist",
  },
  TEMPLATE_IN_USE: { code: "ResourceInUse", ext: "InvalidInput", text: "Procedures use the template." },
  TEMPLATE_BREAKS_PROCEDURE: {
    code: "ResourceInUse",
    ext: "InvalidInput",
    text: "A procedure that uses the template would no longer work.",
  },
  TEMPLATE_DOCUMENT_INVALID: { code: "InvalidParameterValue", ext: "InvalidInput", text: "The document is not valid." },
  PRESET_READ_ONLY: {
    code: "InvalidParameterValue.ModifyDefaultTemplate",
    ext: "InvalidInput",
    text: "Presets cannot be changed or deleted.",
  },
  PROCEDURE_NOT_FOUND: {
    code: "InvalidParameterValue.ProcedureName",
    ext: "InvalidInput",
    text: "The procedure does not exist",
  },
  PROCEDURE_INVALID: {
    code: "InvalidParameterValue.ProcedureName",
    ext: "InvalidInput",
    text: "What is said of the procedure is not valid",
  },
  PROCEDURE_FAILED: { code: "FailedOperation", ext: "InvalidInput", text: "The script of the procedure failed" },
  PROCEDURE_EXISTS: {
    code: "InvalidParameter.ExistedProcedureName",
    ext: "InvalidInput",
    text: "A procedure of this name already exists.",
  },
  CATEGORY_NOT_FOUND: { code: "FailedOperation.ClassNoFound", ext: "InvalidInput", text: "The class does not exist." },
  CATEGORY_EXISTS: {
    code: "FailedOperation.ClassNameDuplicate",
    ext: "InvalidInput",
    text: "There is a class of this name in the same place already.",
  },
  CATEGORY_NOT_EMPTY: {
    code: "UnsupportedOperation.ClassNotEmpty",
    ext: "InvalidInput",
    text: "The class still has media or classes in it.",
  },
  CATEGORIES_TOO_DEEP: {
    code: "FailedOperation.ClassLevelLimitExceeded",
    ext: "InvalidInput",
    text: "Classes have at most four levels.",
  },
  CATEGORIES_TOO_MANY: {
    code: "FailedOperation.SubclassLimitExceeded",
    ext: "InvalidInput",
    text: "There are 500 classes in this place already.",
  },
  TOO_MANY_TAGS: { code: "LimitExceeded.TagCountReachMax", ext: "InvalidInput", text: "A media has at most 16 tags." },
  TOO_MANY_KEY_MOMENTS: {
    code: "LimitExceeded.KeyFrameDescCountReachMax",
    ext: "InvalidInput",
    text: "A media has at most 100 key frame descriptions.",
  },
  TOO_MANY_SUBTITLES: { code: "LimitExceeded", ext: "InvalidInput", text: "A media has at most 16 subtitles." },
  MEDIA_NOT_FOUND: { code: "InvalidParameterValue.FileId", ext: "InvalidInput", text: "The file does not exist" },
  ASSET_NOT_FOUND: { ...GONE, text: "A file that the parameters name does not exist." },
  TASK_NOT_FOUND: { ...GONE, text: "The task does not exist." },
  SUBTASK_NOT_FOUND: { ...GONE, text: "The subtask does not exist." },
  TRIAL_NOT_FOUND: { ...GONE, text: "The trial does not exist." },
  CANNOT_TRY: { code: "InvalidParameterValue", ext: "InvalidInput", text: "A template of this kind cannot be tried." },
  RUN_NOT_FOUND: { ...GONE, text: "The attempt does not exist." },
  OUTPUT_NOT_FOUND: { ...GONE, text: "The output does not exist." },
  KEY_NOT_FOUND: { ...GONE, text: "The key does not exist." },
  PIPELINE_NOT_FOUND: { ...GONE, text: "The pipeline does not exist." },
  UPLOAD_EMPTY: { ...GONE, text: "Nothing has been sent for this upload." },
  MEDIA_TYPE_UNKNOWN: {
    code: "InvalidParameterValue.MediaType",
    ext: "InvalidInput",
    text: "Files of this type are not accepted",
  },
  COVER_UNREADABLE: { code: "FailedOperation.CoverType", ext: "InvalidInput", text: "The cover cannot be read." },
  UPLOAD_NOT_FOUND: { ...GONE, text: "The upload does not exist." },
  USER_NOT_FOUND: { ...GONE, text: "The user does not exist." },
  NEEDS_DRM: {
    code: "InvalidParameterValue.Definition",
    ext: "InvalidInput.PermissionDenied",
    text: "The template needs a DRM licence server, which there is none of; template 12 encrypts without one.",
  },
  NEEDS_AI: {
    code: "UnsupportedOperation",
    ext: "InvalidInput.PermissionDenied",
    text: "AI models are needed, and there are none",
  },
  ENDPOINT_NOT_FOUND: { ...GONE, text: "The endpoint does not exist." },
  ENDPOINTS_TOO_MANY: { code: "LimitExceeded", ext: "InvalidInput", text: "There are too many endpoints." },
  DELIVERY_NOT_FOUND: { ...GONE, text: "The delivery does not exist." },
  EVENT_HANDLE_INVALID: {
    code: "InvalidParameterValue",
    ext: "InvalidInput",
    text: "An event handle is unknown, or older than 30 seconds.",
  },
  NOTHING_TO_CANCEL: { code: "FailedOperation", ext: "InvalidInput", text: "The task is not waiting any more." },
  NOTHING_TO_RESTART: { code: "FailedOperation", ext: "InvalidInput", text: "There is nothing to restart." },
  SESSION_REPEATED: {
    code: "InvalidParameterValue.SessionId",
    ext: "InvalidInput",
    text: "A task of this SessionId has been created already.",
  },
  STORAGE_FULL: { code: "ResourceInsufficient", ext: "InternalError", text: "There is not enough free disk space." },
  MEDIA_IN_USE: { code: "ResourceInUse", ext: "InvalidInput", text: "A task on the file has not ended." },
  STATE_MOVED: { code: "FailedOperation", ext: "InternalError", text: "It was changed in the meantime." },
  EMAIL_TAKEN: { code: "InvalidParameterValue", ext: "InvalidInput", text: "The address is taken." },
  LAST_ADMIN: { code: "FailedOperation", ext: "InvalidInput", text: "This is the last administrator." },
  SETUP_CLOSED: { code: "FailedOperation", ext: "InvalidInput", text: "Set-up is closed." },
  API_KEY_REPLACED: { code: "FailedOperation", ext: "InvalidInput", text: "The key has a successor already." },
  TOO_MANY_APPLICATIONS: { code: "LimitExceeded", ext: "InvalidInput", text: "There are 50 applications already." },
  FORBIDDEN: { code: "UnauthorizedOperation", ext: "InvalidInput.PermissionDenied", text: "This is not allowed." },
  UNAUTHORIZED: { code: "UnauthorizedOperation", ext: "InvalidInput.PermissionDenied", text: "This is not allowed." },
  LINK_EXPIRED: { code: "FailedOperation", ext: "InvalidInput", text: "The link has expired." },
  TOO_MANY_ATTEMPTS: { code: "RequestLimitExceeded", ext: "InternalError", text: "There were too many attempts." },
  FONT_MISSING: { ...NOT_OURS, text: "The server has no font for a character of the watermark." },
  ENCODER_FAILED: { ...NOT_OURS, text: "The encoder stopped with an error." },
  ENCODER_TOO_OLD: { ...NOT_OURS, text: "The encoder of this worker is too old for this." },
  ENCODER_LIMIT: { ...NOT_OURS, text: "Processing needed more memory, time or disk space than allowed." },
  ENCODER_STALLED: { ...NOT_OURS, text: "The encoder made no progress for too long." },
  OUTPUT_MISSING: { ...NOT_OURS, text: "Processing ended without producing the expected file." },
  STORAGE_FAILED: { ...NOT_OURS, text: "The storage could not be read or written." },
  WORKER_LOST: { ...NOT_OURS, text: "The worker stopped before it was done." },
  INTERNAL: { ...NOT_OURS, text: "Something went wrong on the server." },
  OUTBOUND_URL_INVALID: { code: "InvalidParameterValue", ext: "InvalidInput", text: "The address is not valid" },
  OUTBOUND_REFUSED: {
    code: "InvalidParameterValue",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The address may not be reached from here.",
  },
  OUTBOUND_REDIRECTED: {
    code: "FailedOperation.NetWorkError",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The address leads on too often.",
  },
  OUTBOUND_NOT_FOUND: {
    code: "FailedOperation.NetWorkError",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The address leads to nothing.",
  },
  OUTBOUND_FAILED: {
    code: "FailedOperation.NetWorkError",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The address answers with an error.",
  },
  PLAYLIST_UNSUPPORTED: { ...UNSUPPORTED, text: "This HLS playlist cannot be pulled." },
  OUTBOUND_TOO_LARGE: {
    code: "FailedOperation.NetWorkError",
    ext: "SourceFileError.ContentUnsupported",
    text: "What the address leads to is too large.",
  },
  OUTBOUND_UNREACHABLE: {
    code: "FailedOperation.NetWorkError",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The address cannot be reached.",
  },
  OUTBOUND_TIMEOUT: {
    code: "FailedOperation.NetWorkError",
    ext: "SourceFileError.DownloadNotAccessible",
    text: "The address does not answer in time.",
  },
} as const satisfies Record<ErrorCode, Translation>;

/** Their details repeat what the caller named, or say where it is wrong; those of other failures are for the operator's log. */
const TOLD: ReadonlySet<ErrorCode> = new Set([
  "INVALID_PARAMETER",
  "OUTBOUND_URL_INVALID",
  "MEDIA_TYPE_UNKNOWN",
  "TEMPLATE_NOT_FOUND",
  "PROCEDURE_NOT_FOUND",
  "PROCEDURE_INVALID",
  "PROCEDURE_FAILED",
  "NEEDS_AI",
  "MEDIA_NOT_FOUND",
]);

export function vendorCodeOf(code: ErrorCode): VendorCode {
  return TRANSLATIONS[code].code;
}

export function messageOf({ code, detail }: Failure): string {
  const { text } = TRANSLATIONS[code];
  return TOLD.has(code) ? `${text.replace(/\.$/, "")}: ${detail}` : text;
}

export function errCodeExtOf(code: ErrorCode): ErrCodeExt {
  return TRANSLATIONS[code].ext;
}

/** The old numeric `ErrCode` beside an `ErrCodeExt`. */
export function errNumberOf(ext: ErrCodeExt | ""): number {
  if (ext === "") return 0;
  if (ext.startsWith("InvalidInput")) return 40_000;
  return ext.startsWith("SourceFileError") ? 60_000 : 70_000;
}
