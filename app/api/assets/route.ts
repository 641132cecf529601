import { serveAssets } from "#server/api/assets.ts";
import { currentMe, web } from "#server/api/web.ts";

export async function POST(request: Request) {
  return serveAssets(request, web().services, await currentMe(request.headers));
}
