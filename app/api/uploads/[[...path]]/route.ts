import { currentMe, web } from "#server/api/web.ts";

async function answer(request: Request) {
  return web().uploads(request, await currentMe(request.headers));
}

export { answer as DELETE, answer as HEAD, answer as OPTIONS, answer as PATCH, answer as POST };
