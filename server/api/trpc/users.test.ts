import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { ensureAdmin, setupLink } from "../../users/setup.ts";
import { createCaller } from "../router.ts";
import type { Me } from "../rows.ts";
import { addUser } from "../test-rows.ts";
import { testServices } from "../test-services.ts";

const ada = { name: "Ada", email: "Ada@Example.com", password: "correct horse" };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.user.deleteMany();
});

const services = () => testServices(database, "/nowhere");
const callerAs = (me: Me | null) => createCaller({ ...services(), me });

async function setupToken(): Promise<string> {
  const link = await setupLink(database.db, services().env);
  return new URL(link ?? "http://no/").searchParams.get("token") ?? "";
}

test("whoever has the set-up link becomes the first administrator, and nobody does after that", async () => {
  const stranger = callerAs(null);
  expect(await stranger.setup.status()).toEqual({ open: true });
  const token = await setupToken();
  expect(await setupToken(), "a restart prints the same link").toBe(token);
  for (const wrong of ["", "x", `${token}x`, token.slice(1)]) {
    await expect(stranger.setup.createAdmin({ ...ada, token: wrong })).rejects.toThrow("SETUP_CLOSED");
  }
  const both = await Promise.allSettled(
    ["a", "b"].map((name) => stranger.setup.createAdmin({ ...ada, email: `${name}@example.com`, token })),
  );
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database.db.user.count({ where: { role: "admin" } })).toBe(1);
  expect(await setupLink(database.db, services().env)).toBeNull();
  expect(await stranger.setup.status()).toEqual({ open: false });
  await expect(stranger.setup.createAdmin({ ...ada, token })).rejects.toThrow("SETUP_CLOSED");
});

test("an address that is taken does not close the set-up", async () => {
  await callerAs(await addUser(database.db, "admin")).users.create({ ...ada, role: "viewer" });
  await database.db.user.deleteMany({ where: { role: "admin" } });
  const token = await setupToken();
  await expect(callerAs(null).setup.createAdmin({ ...ada, token })).rejects.toThrow("EMAIL_TAKEN");
  await callerAs(null).setup.createAdmin({ ...ada, email: "b@example.com", token });
});

test("ADMIN_EMAIL is an administrator after every start, and keeps a password changed since", async () => {
  const env = { ADMIN_EMAIL: "Root@example.com", ADMIN_PASSWORD: "first password" };
  await ensureAdmin(database.db, {});
  expect(await database.db.user.count()).toBe(0);
  await ensureAdmin(database.db, env);
  const before = await database.db.user.findFirstOrThrow({ include: { accounts: true } });
  expect(before).toMatchObject({ email: "root@example.com", role: "admin" });
  await database.db.user.updateMany({ data: { role: "viewer" } });
  await ensureAdmin(database.db, { ...env, ADMIN_PASSWORD: "another password" });
  const after = await database.db.user.findFirstOrThrow({ include: { accounts: true } });
  expect(after.role).toBe("admin");
  expect(after.accounts).toEqual(before.accounts);
});

test("an administrator adds users, changes roles and removes users; nobody reads a password", async () => {
  const me = await addUser(database.db, "admin");
  const { users } = callerAs(me);
  const { id } = await users.create({ ...ada, role: "viewer" });
  await expect(users.create({ ...ada, email: "ADA@example.com", role: "viewer" })).rejects.toThrow("EMAIL_TAKEN");
  await users.setRole({ id, role: "operator" });
  const row = { id, name: "Ada", email: "ada@example.com", role: "operator", createdAt: expect.any(Date) };
  expect(await users.list()).toEqual([expect.objectContaining({ id: me.user.id }), row]);
  await users.remove({ id });
  expect(await users.list()).toHaveLength(1);
});

test("the last administrator stays one, also when two step down at once", async () => {
  const one = await addUser(database.db, "admin");
  await expect(callerAs(one).users.remove({ id: one.user.id })).rejects.toThrow("LAST_ADMIN");
  await expect(callerAs(one).users.setRole({ id: one.user.id, role: "viewer" })).rejects.toThrow("LAST_ADMIN");
  await callerAs(one).users.setRole({ id: one.user.id, role: "admin" });

  const two = await addUser(database.db, "admin");
  const steps = await Promise.allSettled([
    callerAs(one).users.setRole({ id: one.user.id, role: "viewer" }),
    callerAs(two).users.remove({ id: two.user.id }),
  ]);
  expect(steps.map((step) => step.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database.db.user.count({ where: { role: "admin" } })).toBe(1);
});
