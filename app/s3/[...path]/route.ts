import { serveS3 } from "#server/api/serve-s3.ts";
import { web } from "#server/api/web.ts";

function answer(request: Request) {
  const { services, log } = web();
  return serveS3(request, { ...services, log });
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
