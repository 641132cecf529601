/**
 * One try at sending a file with tus, from wherever the server has got to. It ends with one of `sent`, `lose`, `gone` or
 * `fail`; when and whether to try again is the queue's business. The library's own retries and memory are switched off:
 * it takes any error answer to "how far did we get?" for "upload unknown" and would start a 40 GB file anew because a
 * proxy said 502 while the server restarted.
 */
import type { DetailedError, FileReader, Upload } from "tus-js-client";
import { z } from "zod";
import { ERROR_CODES, type Failure } from "#domain/error.ts";

/** Large enough for full speed (measured), small enough for any proxy in between. */
const CHUNK_BYTES = 64 * 1024 * 1024;
/** A dead connection can stay silent for ever; the browser never gives up by itself. */
const STALL_MS = 60_000;

export interface TransferRequest {
  endpoint: string;
  file: File;
  /** null to create the upload first. */
  uploadUrl: string | null;
  procedureName: string | null;
  fileReader?: FileReader;
}

export interface TransferHandlers {
  created(uploadUrl: string): void;
  progress(sentBytes: number): void;
  sent(): void;
  lost(): void;
  gone(): void;
  failed(failure: Failure): void;
}

export interface Transfer {
  stop(): void;
}

export function startTransfer(request: TransferRequest, handlers: TransferHandlers): Transfer {
  let upload: Upload | undefined;
  let stopped = false;
  let stallTimer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    stopped = true;
    clearTimeout(stallTimer);
    void upload?.abort();
  }
  function end(report: () => void): void {
    if (stopped) return;
    stop();
    report();
  }
  function expectNews(): void {
    clearTimeout(stallTimer);
    stallTimer = setTimeout(() => end(handlers.lost), STALL_MS);
  }

  async function start(): Promise<void> {
    // Loaded when first needed: most visits to the console upload nothing.
    const { Upload } = await import("tus-js-client");
    if (stopped) return;
    upload = new Upload(request.file, {
      ...(request.uploadUrl === null ? { endpoint: request.endpoint } : { uploadUrl: request.uploadUrl }),
      ...(request.fileReader === undefined ? {} : { fileReader: request.fileReader }),
      chunkSize: CHUNK_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: {
        filename: request.file.name,
        ...(request.procedureName === null ? {} : { procedure: request.procedureName }),
      },
      onUploadUrlAvailable: () => {
        const url = upload?.url;
        if (typeof url === "string" && request.uploadUrl === null) handlers.created(url);
        // `abort` cannot take back a request to create that was on its way.
        if (stopped) void upload?.abort();
      },
      onProgress: (bytes) => {
        if (stopped) return;
        expectNews();
        handlers.progress(bytes);
      },
      onSuccess: () => end(handlers.sent),
      onError: (error) => end(() => reportError(error, request, handlers)),
    });
    expectNews();
    upload.start();
  }

  start().catch(() => end(handlers.lost));
  return { stop };
}

function reportError(error: Error | DetailedError, request: TransferRequest, handlers: TransferHandlers): void {
  const response = "originalResponse" in error ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  // No answer, a server on its way down or up, or the lock of a try that has not noticed its end yet.
  const passing = status === 0 || status >= 500 || [408, 409, 423, 425, 429].includes(status);
  if (passing) handlers.lost();
  else if (request.uploadUrl !== null && (status === 404 || status === 410)) handlers.gone();
  else handlers.failed(failureOf(status, response?.getBody() ?? ""));
}

const refusal = z.object({ code: z.enum(ERROR_CODES), detail: z.string().default("") });

function failureOf(status: number, body: string): Failure {
  try {
    return refusal.parse(JSON.parse(body));
  } catch {
    if (status === 401) return { code: "UNAUTHORIZED", detail: body };
    if (status === 403) return { code: "FORBIDDEN", detail: body };
    if (status === 413) return { code: "MEDIA_TOO_LARGE", detail: body };
    return { code: "INTERNAL", detail: `${status} ${body}`.trim() };
  }
}
