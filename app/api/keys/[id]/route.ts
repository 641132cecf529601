import { serveKey } from "#server/api/serve-key.ts";
import { currentMe, web } from "#server/api/web.ts";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return serveKey(request, web(), await currentMe(request.headers), (await params).id);
}
