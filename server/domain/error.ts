/**
 * Every expected failure of the product. What a user reads is the message `errors.<CODE>` of app/_messages; `retry` says
 * whether another attempt of a run can help; `http` is the status where a plain HTTP answer needs one.
 */
interface ErrorSpec {
  http: number;
  retry: boolean;
}

export const ERRORS = {
  // The source cannot be worked with.
  NOT_MEDIA: { http: 422, retry: false },
  EMPTY_FILE: { http: 422, retry: false },
  MEDIA_TRUNCATED: { http: 422, retry: false },
  MEDIA_REFERENCES_FILES: { http: 422, retry: false },
  MEDIA_TOO_LARGE: { http: 422, retry: false },
  NO_DURATION: { http: 422, retry: false },
  NO_VIDEO_STREAM: { http: 422, retry: false },
  NO_AUDIO_STREAM: { http: 422, retry: false },
  SUBTITLES_NOT_FOUND: { http: 422, retry: false },
  SUBTITLES_NOT_TEXT: { http: 422, retry: false },
  SOURCE_GONE: { http: 410, retry: false },
  // The request asks for what cannot be.
  INVALID_PARAMETER: { http: 400, retry: false },
  INVALID_TIME_OFFSET: { http: 422, retry: false },
  DRAWING_FAILED: { http: 422, retry: false },
  CODEC_NOT_IN_CONTAINER: { http: 422, retry: false },
  CANNOT_ENCRYPT: { http: 422, retry: false },
  CANNOT_COPY: { http: 422, retry: false },
  NEEDS_DRM: { http: 422, retry: false },
  NEEDS_AI: { http: 422, retry: false },
  TEMPLATE_NOT_FOUND: { http: 404, retry: false },
  TEMPLATE_BREAKS_PROCEDURE: { http: 409, retry: false },
  TEMPLATE_DOCUMENT_INVALID: { http: 422, retry: false },
  TEMPLATE_IN_USE: { http: 409, retry: false },
  PRESET_READ_ONLY: { http: 409, retry: false },
  PROCEDURE_NOT_FOUND: { http: 404, retry: false },
  PROCEDURE_EXISTS: { http: 409, retry: false },
  PROCEDURE_INVALID: { http: 400, retry: false },
  PROCEDURE_FAILED: { http: 422, retry: false },
  CATEGORY_NOT_FOUND: { http: 404, retry: false },
  CATEGORY_EXISTS: { http: 409, retry: false },
  CATEGORY_NOT_EMPTY: { http: 409, retry: false },
  CATEGORIES_TOO_DEEP: { http: 409, retry: false },
  CATEGORIES_TOO_MANY: { http: 409, retry: false },
  TOO_MANY_TAGS: { http: 409, retry: false },
  TOO_MANY_KEY_MOMENTS: { http: 409, retry: false },
  TOO_MANY_SUBTITLES: { http: 409, retry: false },
  MEDIA_NOT_FOUND: { http: 404, retry: false },
  ASSET_NOT_FOUND: { http: 404, retry: false },
  TASK_NOT_FOUND: { http: 404, retry: false },
  SUBTASK_NOT_FOUND: { http: 404, retry: false },
  TRIAL_NOT_FOUND: { http: 404, retry: false },
  CANNOT_TRY: { http: 422, retry: false },
  RUN_NOT_FOUND: { http: 404, retry: false },
  OUTPUT_NOT_FOUND: { http: 404, retry: false },
  KEY_NOT_FOUND: { http: 404, retry: false },
  PIPELINE_NOT_FOUND: { http: 404, retry: false },
  UPLOAD_NOT_FOUND: { http: 404, retry: false },
  UPLOAD_EMPTY: { http: 409, retry: false },
  MEDIA_TYPE_UNKNOWN: { http: 400, retry: false },
  COVER_UNREADABLE: { http: 422, retry: false },
  USER_NOT_FOUND: { http: 404, retry: false },
  ENDPOINT_NOT_FOUND: { http: 404, retry: false },
  ENDPOINTS_TOO_MANY: { http: 409, retry: false },
  DELIVERY_NOT_FOUND: { http: 404, retry: false },
  EVENT_HANDLE_INVALID: { http: 400, retry: false },
  NOTHING_TO_CANCEL: { http: 409, retry: false },
  NOTHING_TO_RESTART: { http: 409, retry: false },
  SESSION_REPEATED: { http: 409, retry: false },
  STORAGE_FULL: { http: 413, retry: false },
  MEDIA_IN_USE: { http: 409, retry: false },
  STATE_MOVED: { http: 409, retry: false },
  EMAIL_TAKEN: { http: 409, retry: false },
  LAST_ADMIN: { http: 409, retry: false },
  API_KEY_REPLACED: { http: 409, retry: false },
  TOO_MANY_APPLICATIONS: { http: 409, retry: false },
  SETUP_CLOSED: { http: 410, retry: false },
  FORBIDDEN: { http: 403, retry: false },
  UNAUTHORIZED: { http: 401, retry: false },
  LINK_EXPIRED: { http: 403, retry: false },
  TOO_MANY_ATTEMPTS: { http: 429, retry: false },
  // Something outside could not be reached, or must not be.
  OUTBOUND_URL_INVALID: { http: 400, retry: false },
  OUTBOUND_REFUSED: { http: 403, retry: false },
  OUTBOUND_REDIRECTED: { http: 502, retry: false },
  OUTBOUND_NOT_FOUND: { http: 502, retry: false },
  OUTBOUND_FAILED: { http: 502, retry: true },
  PLAYLIST_UNSUPPORTED: { http: 422, retry: false },
  OUTBOUND_TOO_LARGE: { http: 413, retry: false },
  OUTBOUND_UNREACHABLE: { http: 502, retry: true },
  OUTBOUND_TIMEOUT: { http: 504, retry: true },
  // The work itself went wrong.
  FONT_MISSING: { http: 500, retry: false },
  ENCODER_FAILED: { http: 500, retry: true },
  ENCODER_TOO_OLD: { http: 500, retry: false },
  ENCODER_LIMIT: { http: 500, retry: false },
  ENCODER_STALLED: { http: 500, retry: true },
  OUTPUT_MISSING: { http: 500, retry: true },
  STORAGE_FAILED: { http: 500, retry: true },
  WORKER_LOST: { http: 500, retry: true },
  INTERNAL: { http: 500, retry: true },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[];

/** `detail` is for the operator: a path, a field name, the last line of a log. It holds no secret. */
export interface Failure {
  code: ErrorCode;
  detail: string;
}
