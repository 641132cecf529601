import { serveVod } from "#server/api/serve-vod.ts";
import { web } from "#server/api/web.ts";

function serve(request: Request) {
  return serveVod(request, web().vod);
}

export { serve as DELETE, serve as GET, serve as PATCH, serve as POST, serve as PUT };
