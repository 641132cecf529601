import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { ALLOW_NOTHING } from "../outbound/allow-list.ts";
import { pushBody, signWith } from "../vod/events/envelope.ts";
import { signatureHeaders } from "./attempt-delivery.ts";
import { checkSignature } from "./check-signature.ts";
import {
  createEndpoint,
  deleteEndpoint,
  endPreviousSecret,
  listEndpoints,
  rotateSecret,
  testEndpoint,
  updateEndpoint,
} from "./endpoints.ts";
import { addDelivery, addEndpoint, SECRETS } from "./test-endpoints.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const endpoints = () => ({ db: database.db, secrets: SECRETS, allow: ALLOW_NOTHING });
const INPUT = { name: "Shop", url: "https://shop.example/hook", kinds: [], enabled: true };

async function create(): Promise<{ id: string; secret: string }> {
  const created = await createEndpoint(endpoints(), 1, { ...INPUT, signKey: "SignKeyEXAMPLE01" });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value;
}

/** What a receiver would have got of this endpoint. */
function messageBy(secrets: string[], { at = new Date(), signKey }: { at?: Date; signKey?: string } = {}) {
  const sign = signKey === undefined ? null : signWith(signKey, { T: Math.floor(at.getTime() / 1000) + 600 });
  const body = pushBody('{"EventType":"EndpointTest"}', sign);
  const headers = signatureHeaders(secrets, { id: "m1", at, body });
  return {
    body,
    headers: {
      id: headers["webhook-id"],
      timestamp: headers["webhook-timestamp"],
      signature: headers["webhook-signature"],
    },
  };
}

test("a secret is shown when it is made, and stored so that nobody reads it without the key of the installation", async () => {
  const { db } = database;
  const { id, secret } = await create();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const stored = await db.endpoint.findUniqueOrThrow({ where: { id } });
  const bytes = Buffer.concat([stored.secret, stored.signKey ?? Buffer.alloc(0)]).toString("latin1");
  expect(bytes).not.toContain(secret.slice(6, 20));
  expect(bytes).not.toContain("SignKey");
  expect(SECRETS.open(id, "secret", stored.secret)).toBe(secret);
  // Sealed for this row and this use alone.
  expect(() => SECRETS.open("another", "secret", stored.secret)).toThrow("sealed under another");
  expect(() => SECRETS.open(id, "sign key", stored.secret)).toThrow("sealed under another");
  const listed = await listEndpoints(db, 1);
  expect(listed).toMatchObject([{ id, hasSignKey: true, failureCount: 0, waitingCount: 0 }]);
  expect(JSON.stringify(listed)).not.toContain("whsec");
});

test.each([
  "http://127.0.0.1/",
  "http://[::1]:8080/",
  "http://169.254.169.254/latest",
  "http://2130706433/",
  "gopher://x/",
])("%s is refused before anything is stored", async (url) => {
  const refused = { ok: false, failure: { code: expect.stringMatching(/^OUTBOUND_/) } };
  expect(await createEndpoint(endpoints(), 1, { ...INPUT, url })).toMatchObject(refused);
  const { id } = await create();
  expect(await updateEndpoint(endpoints(), 1, id, { ...INPUT, url })).toMatchObject(refused);
  expect(await listEndpoints(database.db, 1)).toMatchObject([{ url: INPUT.url }]);
});

test("what is not given stays: a sign key is kept, cleared or replaced by wish", async () => {
  const { id } = await create();
  const hasSignKey = async () => (await listEndpoints(database.db, 1))[0]?.hasSignKey;
  await updateEndpoint(endpoints(), 1, id, { ...INPUT, name: "Renamed" });
  expect(await hasSignKey()).toBe(true);
  await updateEndpoint(endpoints(), 1, id, { ...INPUT, signKey: "" });
  expect(await hasSignKey()).toBe(false);
});

test("another application's endpoint does not exist, whatever is asked of it", async () => {
  const { db } = database;
  const { id } = await create();
  const missing = { ok: false, failure: { code: "ENDPOINT_NOT_FOUND", detail: id } };
  expect(await updateEndpoint(endpoints(), 2, id, INPUT)).toEqual(missing);
  expect(await rotateSecret(endpoints(), 2, id)).toEqual(missing);
  expect(await endPreviousSecret(db, 2, id)).toEqual(missing);
  expect(await testEndpoint(db, 2, id)).toEqual(missing);
  expect(await deleteEndpoint(db, 2, id)).toEqual(missing);
  expect(await listEndpoints(db, 2)).toEqual([]);
  const asked = { ...messageBy([]), with: { by: "endpoint" as const, endpointId: id } };
  expect(await checkSignature(endpoints(), 2, asked)).toEqual(missing);
});

test("an application has at most twenty", async () => {
  for (let count = 0; count < 20; count++) await addEndpoint(database.db);
  expect(await createEndpoint(endpoints(), 1, INPUT)).toMatchObject({ failure: { code: "ENDPOINTS_TOO_MANY" } });
});

test("a deleted endpoint gives up what waits for it, and what it got stays", async () => {
  const { db } = database;
  const { id } = await create();
  const waiting = await addDelivery(db, { endpointId: id });
  const delivered = await addDelivery(db, { endpointId: id });
  await db.delivery.update({ where: { id: delivered }, data: { state: "delivered" } });
  expect(await deleteEndpoint(db, 1, id)).toMatchObject({ ok: true });
  expect(await db.delivery.findUnique({ where: { id: waiting } })).toMatchObject({
    ...{ state: "failed", errorCode: "endpointDeleted" },
  });
  expect(await db.delivery.findUnique({ where: { id: delivered } })).toMatchObject({ state: "delivered" });
  expect(await listEndpoints(db, 1)).toEqual([]);
  expect(await deleteEndpoint(db, 1, id)).toMatchObject({ failure: { code: "ENDPOINT_NOT_FOUND" } });
});

test("a signature is checked with the endpoint's secrets, the one before a rotation included until it ends", async () => {
  const { db } = database;
  const { id, secret } = await create();
  const check = async (message: ReturnType<typeof messageBy>, now?: Date) => {
    const checked = await checkSignature(endpoints(), 1, { ...message, with: { by: "endpoint", endpointId: id } }, now);
    return checked.ok ? checked.value : checked.failure;
  };
  const signed = messageBy([secret], { signKey: "SignKeyEXAMPLE01" });
  expect(await check(signed)).toEqual({ headers: "valid", sign: "valid" });
  const tampered = { ...signed, body: signed.body.replace("Endpoint", "endpoint") };
  expect(await check(tampered)).toEqual({ headers: "wrong", sign: "valid" });
  expect(await check(messageBy([secret], { signKey: "other" }))).toEqual({ headers: "valid", sign: "wrong" });
  const later = new Date(Date.now() + 11 * 60_000);
  expect(await check(signed, later)).toEqual({ headers: "expired", sign: "expired" });
  expect(await check({ ...signed, body: "nonsense" })).toEqual({ headers: "wrong", sign: "malformed" });
  const none = { ...messageBy([secret]), headers: { id: "", timestamp: "", signature: "" } };
  expect(await check(none)).toEqual({ headers: "absent", sign: "absent" });
  const half = { ...signed, headers: { ...signed.headers, timestamp: "yesterday" } };
  expect(await check(half)).toMatchObject({ headers: "malformed" });

  const rotated = await rotateSecret(endpoints(), 1, id);
  const newer = rotated.ok ? rotated.value.secret : "";
  expect(newer).not.toBe(secret);
  expect([await check(messageBy([secret])), await check(messageBy([newer]))]).toMatchObject([
    { headers: "valid" },
    { headers: "valid" },
  ]);
  await endPreviousSecret(db, 1, id);
  expect([await check(messageBy([secret])), await check(messageBy([newer]))]).toMatchObject([
    { headers: "wrong" },
    { headers: "valid" },
  ]);
});

test("a secret that is entered is used and not kept; one that is none is said to be none", async () => {
  const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
  const check = async (entered: { secret: string; signKey: string }) => {
    const message = messageBy([secret], { signKey: "key" });
    const checked = await checkSignature(endpoints(), 1, { ...message, with: { by: "entered", ...entered } });
    return checked.ok ? checked.value : checked.failure;
  };
  expect(await check({ secret, signKey: "key" })).toEqual({ headers: "valid", sign: "valid" });
  expect(await check({ secret: "", signKey: "" })).toEqual({ headers: "unknown", sign: "unknown" });
  expect(await check({ secret: "whsec_not base64!", signKey: "" })).toMatchObject({ headers: "malformed" });
});
