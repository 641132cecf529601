import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createUser } from "../users/create-user.ts";
import { type Auth, createAuth, whoIs } from "./auth.ts";
import { createSignIn } from "./sign-in.ts";

const env = { SECRET_KEY: "a secret key of the installation, long enough", PUBLIC_URL: "http://127.0.0.1:3000" };
const password = "correct horse battery";

let database: TestDatabase;
let auth: Auth;
let signIn: (request: Request) => Promise<Response>;
beforeAll(async () => {
  database = await createTestDatabase();
  auth = createAuth(database.db, env);
  signIn = createSignIn(auth, env);
  const users = ["ada@example.com", "bob@example.com"];
  for (const email of users) {
    await createUser(database.db, { applicationId: 1, name: "A", email, password, role: "operator" });
  }
});
afterAll(() => database.drop());

interface Sent {
  path?: string;
  host?: string;
  origin?: string | null;
  body?: unknown;
  cookie?: string;
  type?: string;
}

function post(sent: Sent): Promise<Response> {
  const host = sent.host ?? "127.0.0.1:3000";
  const origin = sent.origin === undefined ? `http://${host}` : sent.origin;
  const headers = new Headers({ host, "content-type": sent.type ?? "application/json" });
  if (origin !== null) headers.set("origin", origin);
  if (sent.cookie !== undefined) headers.set("cookie", sent.cookie);
  const body = JSON.stringify(sent.body ?? { email: "ada@example.com", password });
  return signIn(
    new Request(`http://localhost:3000/api/auth${sent.path ?? "/sign-in/email"}`, { method: "POST", headers, body }),
  );
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

test("signing in works under the public address and under any other address of the machine", async () => {
  for (const host of ["127.0.0.1:3000", "192.168.1.5:3000", "nas.local:3000"]) {
    const response = await post({ host });
    expect(response.status, host).toBe(200);
    const me = await whoIs(auth, database.db, new Headers({ cookie: cookieOf(response) }));
    expect(me).toEqual({
      user: { id: expect.any(String), name: "A", email: "ada@example.com", role: "operator" },
      application: { id: 1, name: "Default" },
    });
  }
});

test("the session cookie is out of reach of scripts and other sites, and Secure when the console is on https", async () => {
  const plain = (await post({})).headers.getSetCookie().find((line) => line.includes("session_token"));
  expect(plain).toMatch(/HttpOnly/i);
  expect(plain).toMatch(/SameSite=Lax/i);
  expect(plain).not.toMatch(/Secure/i);

  const secureEnv = { ...env, PUBLIC_URL: "https://video.example.com" };
  const secure = await createSignIn(
    createAuth(database.db, secureEnv),
    secureEnv,
  )(
    new Request("http://localhost:3000/api/auth/sign-in/email", {
      method: "POST",
      headers: { host: "127.0.0.1:3000", origin: "https://video.example.com", "content-type": "application/json" },
      body: JSON.stringify({ email: "ada@example.com", password }),
    }),
  );
  expect(secure.headers.getSetCookie().find((line) => line.includes("session_token"))).toMatch(/^__Secure-.*Secure/i);
});

test("another site can neither sign a browser in nor out", async () => {
  const cookie = cookieOf(await post({}));
  const sent = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: null },
    { path: "/sign-out", cookie, origin: "https://evil.example", body: {} },
  ];
  for (const request of sent) expect((await post(request)).status).toBe(403);
  expect((await post({ type: "text/plain" })).status).toBe(415);
  expect(await whoIs(auth, database.db, new Headers({ cookie }))).not.toBeNull();
});

test("signing out ends the session", async () => {
  const cookie = cookieOf(await post({}));
  expect((await post({ path: "/sign-out", cookie, body: {} })).status).toBe(200);
  expect(await whoIs(auth, database.db, new Headers({ cookie }))).toBeNull();
});

test("a session in use is prolonged where the browser can be given its new cookie, and only there", async () => {
  const headers = new Headers({ cookie: cookieOf(await post({})) });
  const inTenDays = new Date(Date.now() + 10 * 24 * 3_600_000);
  await database.db.session.updateMany({ data: { expiresAt: inTenDays } });
  await whoIs(auth, database.db, headers);
  expect(await database.db.session.count({ where: { expiresAt: { gt: inTenDays } } })).toBe(0);
  const cookies: string[] = [];
  await whoIs(auth, database.db, headers, (answered) => cookies.push(...answered.getSetCookie()));
  expect(cookies).toContainEqual(expect.stringMatching(/session_token=.*Max-Age=1209600/));
  expect(await database.db.session.count({ where: { expiresAt: { gt: inTenDays } } })).toBe(1);
});

test("a changed password ends the other sessions and is the only one from then on", async () => {
  const email = "eve@example.com";
  await createUser(database.db, { applicationId: 1, name: "E", email, password, role: "viewer" });
  const [here, elsewhere] = [await post({ body: { email, password } }), await post({ body: { email, password } })];
  const newPassword = "another horse battery";
  const change = (currentPassword: string) =>
    post({
      path: "/change-password",
      cookie: cookieOf(here),
      body: { currentPassword, newPassword, revokeOtherSessions: true },
    });
  expect((await change("not this one")).status).toBe(400);
  const changed = await change(password);
  expect(changed.status).toBe(200);
  expect(await whoIs(auth, database.db, new Headers({ cookie: cookieOf(elsewhere) }))).toBeNull();
  expect(await whoIs(auth, database.db, new Headers({ cookie: cookieOf(changed) }))).not.toBeNull();
  expect((await post({ body: { email, password } })).status).toBe(401);
  expect((await post({ body: { email, password: newPassword } })).status).toBe(200);
});

test("nobody signs up, and no user writes the own role", async () => {
  const cookie = cookieOf(await post({}));
  const body = { email: "new@example.com", password, name: "New", role: "admin" };
  for (const path of ["/sign-up/email", "/update-user", "/delete-user"]) {
    expect((await post({ path, cookie, body })).status, path).toBe(404);
  }
});

test("a password cannot be guessed at speed, whatever addresses the guesses claim to come from", async () => {
  const wrong = { email: "bob@example.com", password: "wrong password" };
  const guesses = await Promise.all(Array.from({ length: 12 }, () => post({ body: wrong })));
  expect(guesses.filter((response) => response.status === 401)).toHaveLength(10);
  const refused = await post({ body: { email: "BOB@example.com", password } });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(200);
  expect((await post({})).status).toBe(200);
});

test("more than a sign-in can be is refused before anybody looks at it", async () => {
  expect((await post({ body: { email: "ada@example.com", password: "x".repeat(4 * 2 ** 20) } })).status).toBe(413);
});
