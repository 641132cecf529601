import { web } from "#server/api/web.ts";

function answer(request: Request) {
  return web().signIn(request);
}

export { answer as GET, answer as POST };
