import { serveTrpc } from "#server/api/serve-trpc.ts";
import { web } from "#server/api/web.ts";

function answer(request: Request) {
  return serveTrpc(request, web());
}

export { answer as GET, answer as POST };
