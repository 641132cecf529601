/** The upload of a client that holds a signature and nothing else: what a page of any other site would do. */
import { z } from "zod";

const frame = z.object({ code: z.number(), message: z.string(), data: z.record(z.string(), z.unknown()) });
const applied = z.object({ vodSessionKey: z.string(), uploadUrl: z.string() });
const committed = z.object({ fileId: z.string() });

export interface Sending {
  /** 0 to 100 while it is sent; null while it is checked. */
  onProgress: (percent: number | null) => void;
}

/** Answers the id of the media. Throws what the server said was wrong. */
export async function sendFile(signature: string, file: File, { onProgress }: Sending): Promise<string> {
  const type = file.name.split(".").at(-1) ?? "";
  const apply = { signature, videoName: file.name, videoType: type, videoSize: file.size };
  const { vodSessionKey, uploadUrl } = applied.parse(await ask("ApplyUploadUGC", apply));
  await put(uploadUrl, file, onProgress);
  onProgress(null);
  return committed.parse(await ask("CommitUploadUGC", { signature, vodSessionKey })).fileId;
}

async function ask(action: string, body: object): Promise<unknown> {
  const answer = await fetch(`/v3/index.php?Action=${action}`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const { code, message, data } = frame.parse(await answer.json());
  if (code !== 0) throw new Error(message);
  return data;
}

/** By XMLHttpRequest, the only one that tells how far an upload has come. */
function put(url: string, file: File, onProgress: (percent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.upload.onprogress = ({ loaded, total }) => onProgress((loaded / total) * 100);
    request.onload = () => (request.status === 200 ? resolve() : reject(new Error(`HTTP ${request.status}`)));
    request.onerror = () => reject(new TypeError("network"));
    request.send(file);
  });
}
