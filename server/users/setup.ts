/**
 * The first administrator: made from ADMIN_EMAIL and ADMIN_PASSWORD at start, or by whoever opens the set-up link the
 * server prints. The link's token is derived from SECRET_KEY, so nothing need be stored and a restart prints the same
 * one; it stops working for good when there is an administrator.
 */
import { timingSafeEqual } from "node:crypto";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db, Tx } from "../db/client.ts";
import { deriveKey } from "../derive-key.ts";
import type { Env } from "../env.ts";
import { hasAdmin, lockAdmins } from "./admins.ts";
import { createUser, type NewUser } from "./create-user.ts";

/** Where to make the first administrator; null once there is one. */
export async function setupLink(db: Db, env: Pick<Env, "SECRET_KEY" | "PUBLIC_URL">): Promise<string | null> {
  if (await hasAdmin(db)) return null;
  const token = deriveKey(env.SECRET_KEY, "set-up link").toString("base64url");
  return new URL(`/setup?token=${token}`, env.PUBLIC_URL).href;
}

export async function setupIsOpen(db: Db): Promise<boolean> {
  return !(await hasAdmin(db));
}

export async function createFirstAdmin(
  db: Db,
  env: Pick<Env, "SECRET_KEY">,
  token: string,
  user: Pick<NewUser, "name" | "email" | "password">,
): Promise<Result<void, Failure>> {
  const expected = deriveKey(env.SECRET_KEY, "set-up link");
  const given = Buffer.from(token, "base64url");
  const known = given.length === expected.length && timingSafeEqual(given, expected);
  if (!known) return fail({ code: "SETUP_CLOSED", detail: "token" });
  return db.$transaction(async (tx) => {
    await lockAdmins(tx);
    if (await hasAdmin(tx)) return fail({ code: "SETUP_CLOSED", detail: "" });
    const created = await createUser(tx, { ...user, applicationId: await firstApplication(tx), role: "admin" });
    return created.ok ? ok(undefined) : created;
  });
}

/**
 * Makes ADMIN_EMAIL an administrator. Whoever exists already keeps the password: one changed in the console must not
 * fall back at the next start.
 */
export async function ensureAdmin(db: Db, env: Pick<Env, "ADMIN_EMAIL" | "ADMIN_PASSWORD">): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD: password } = env;
  if (ADMIN_EMAIL === undefined || password === undefined) return;
  const email = ADMIN_EMAIL.toLowerCase();
  await db.$transaction(async (tx) => {
    await lockAdmins(tx);
    const { count } = await tx.user.updateMany({ where: { email }, data: { role: "admin" } });
    if (count > 0) return;
    const applicationId = await firstApplication(tx);
    await createUser(tx, { applicationId, name: email, email, password, role: "admin" });
  });
}

async function firstApplication(tx: Tx): Promise<number> {
  return (await tx.application.findFirstOrThrow({ orderBy: { id: "asc" }, select: { id: true } })).id;
}
