import { serveClientUpload } from "#server/api/serve-client-upload.ts";
import { web } from "#server/api/web.ts";

function serve(request: Request) {
  return serveClientUpload(request, web().vod);
}

export { serve as OPTIONS, serve as POST };
