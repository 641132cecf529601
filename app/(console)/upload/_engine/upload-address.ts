export const UPLOADS_PATH = "/api/uploads";

/** The server's id of an upload is the last part of its address. */
export function uploadIdOf(uploadUrl: string): string {
  return decodeURIComponent(uploadUrl.slice(uploadUrl.lastIndexOf("/") + 1));
}

export function uploadUrlOf(endpoint: string, uploadId: string): string {
  return `${endpoint}/${encodeURIComponent(uploadId)}`;
}
