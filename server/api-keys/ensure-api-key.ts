import type { Db } from "../db/client.ts";
import type { Env } from "../env.ts";
import { decryptSecret, encryptSecret } from "./secret-cipher.ts";

/** Makes the pair API_SECRET_ID / API_SECRET_KEY a key of the first application, with the secret as set now. */
export async function ensureApiKey(
  db: Db,
  env: Pick<Env, "SECRET_KEY" | "API_SECRET_ID" | "API_SECRET_KEY">,
): Promise<void> {
  const { SECRET_KEY, API_SECRET_ID: id, API_SECRET_KEY: secret } = env;
  if (id === undefined || secret === undefined) return;
  const stored = await db.apiKey.findUnique({ where: { id } });
  if (stored !== null && decryptSecret(SECRET_KEY, id, stored.secretCipher) === secret) return;
  const secretCipher = encryptSecret(SECRET_KEY, id, secret);
  const { id: applicationId } = await db.application.findFirstOrThrow({ orderBy: { id: "asc" } });
  await db.apiKey.upsert({
    where: { id },
    create: { id, applicationId, name: "API_SECRET_ID", secretCipher },
    update: { secretCipher },
  });
}
