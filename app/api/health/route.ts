import { answerHealth } from "#server/api/health.ts";
import { web } from "#server/api/web.ts";

export const dynamic = "force-dynamic";

export function GET() {
  return answerHealth(web().services.db);
}
