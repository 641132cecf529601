import { carryLength } from "#server/api/content-length.ts";
import { serveFile } from "#server/api/serve-file.ts";
import { web } from "#server/api/web.ts";

async function answer(request: Request, { params }: { params: Promise<{ token: string; path: string[] }> }) {
  return carryLength(await serveFile(request, web().services, await params));
}

export { answer as GET, answer as HEAD };
