import { serveArchive } from "#server/api/serve-archive.ts";
import { web } from "#server/api/web.ts";

async function answer(request: Request, { params }: { params: Promise<{ token: string }> }) {
  return serveArchive(request, web().services, (await params).token);
}

export { answer as GET, answer as HEAD };
