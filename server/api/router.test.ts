import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnyTRPCProcedure, callTRPCProcedure, TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { addDelivery, addEndpoint } from "../events/test-endpoints.ts";
import { FailureError } from "./failure-error.ts";
import { appRouter } from "./router.ts";
import type { Me } from "./rows.ts";
import type { Services } from "./services.ts";
import { addApplication, addTask, addUser } from "./test-rows.ts";
import { testServices } from "./test-services.ts";

let database: TestDatabase;
let folder: string;
let services: Services;
let viewer: Me;
let operator: Me;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-router-"));
  services = testServices(database, folder);
  viewer = await addUser(database.db, "viewer");
  operator = await addUser(database.db, "operator");
});
afterAll(async () => {
  await services.live.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const procedures = Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) =>
  isProcedure(procedure) ? [{ path, type: procedure._def.type, takesInput: inputsOf(procedure).length > 0 }] : [],
);

function isProcedure(value: unknown): value is AnyTRPCProcedure {
  return typeof value === "function" && "_def" in value;
}

function inputsOf({ _def }: AnyTRPCProcedure): unknown[] {
  return "inputs" in _def && Array.isArray(_def.inputs) ? _def.inputs : [];
}

/** Calls a procedure by its path, as the HTTP handler does: the input is whatever came. */
async function call(path: string, me: Me | null, input?: unknown): Promise<unknown> {
  const type = procedures.find((one) => one.path === path)?.type ?? "query";
  return callTRPCProcedure({
    router: appRouter,
    path,
    type,
    ctx: { ...services, me },
    getRawInput: async () => input,
    signal: undefined,
    batchIndex: 0,
  });
}

const templateKey = z.strictObject({ family: z.string(), definition: z.int() });

function whose({ application, user }: Me) {
  return { applicationId: application.id, createdById: user.id };
}

/** What the console would be told went wrong; null when nothing did. */
async function failureCode(path: string, me: Me | null, input?: unknown): Promise<string | null> {
  try {
    await call(path, me, input);
    return null;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return error.cause instanceof FailureError ? error.cause.failure.code : error.code;
  }
}

const PUBLIC = ["session.me", "setup.status", "setup.createAdmin"];
const ADMIN_ONLY = [
  ...["pipelines.update", "procedures.setDefaults", "users.list", "users.create", "users.setRole", "users.remove"],
  ...["apiKeys.create", "apiKeys.rotate", "apiKeys.change", "apiKeys.remove"],
  ...["events.setConfig", "events.createEndpoint", "events.updateEndpoint", "events.deleteEndpoint"],
  ...["events.rotateSecret", "events.endPreviousSecret"],
];
/** What a viewer may not do without it being a mutation: uploads and trials are an operator's own affair. */
const OPERATOR_READS = ["uploads.list", "trials.get", "apiKeys.list", "events.countResend"];
/** A mutation only because what it asks about is longer than an address. */
const VIEWER_ASKS = ["templates.preview", "procedures.validate"];

describe("who may call what, whatever the input", () => {
  test.each(procedures.filter(({ path }) => !PUBLIC.includes(path)))("$path is not for strangers", async ({ path }) => {
    expect(await failureCode(path, null)).toBe("UNAUTHORIZED");
  });

  const mutations = procedures.filter(
    ({ path, type }) => type === "mutation" && ![...PUBLIC, ...VIEWER_ASKS].includes(path),
  );
  test.each([...mutations, ...OPERATOR_READS.map((path) => ({ path }))])(
    "$path is not for viewers",
    async ({ path }) => {
      expect(await failureCode(path, viewer)).toBe("FORBIDDEN");
    },
  );

  test.each(ADMIN_ONLY)("%s is not for operators", async (path) => {
    expect(await failureCode(path, operator)).toBe("FORBIDDEN");
  });

  const open = procedures.filter(({ path }) => !ADMIN_ONLY.includes(path) && !path.startsWith("live."));
  test.each(open)("$path is for operators", async ({ path }) => {
    // A wrong input is looked at only after the role.
    expect(await failureCode(path, operator, { nonsense: true })).not.toBe("FORBIDDEN");
  });

  const reads = procedures.filter(
    ({ path, type }) => type === "query" && ![...ADMIN_ONLY, ...OPERATOR_READS].includes(path),
  );
  test.each(reads)("$path is for viewers", async ({ path }) => {
    expect(await failureCode(path, viewer, { nonsense: true })).not.toBe("FORBIDDEN");
  });
});

test("an id of another application answers exactly as one that does not exist, wherever an id is given", async () => {
  const { db } = database;
  const applicationId = await addApplication(db);
  // Not of the first application, which looks after the keys of all others.
  const asking = await addUser(db, "admin", await addApplication(db));
  const foreigner = await addUser(db, "admin", applicationId);
  const foreign = await addTask(db, { applicationId }, [{ state: "failed", outputs: [["a.mp4"]] }]);
  const { mediaId, pipelineId } = await db.task.findUniqueOrThrow({ where: { id: foreign.taskId } });
  await db.runLogChunk.create({ data: { runId: foreign.runId, number: 1, text: "secret" } });
  const uploadId = "0foreign0upload0";
  await db.upload.create({
    data: { id: uploadId, applicationId, createdById: foreigner.user.id, fileName: "f", sizeBytes: 1 },
  });
  const template = { kind: "snapshot", params: {} };
  const key = templateKey.parse(await call("templates.create", foreigner, { template, name: "T" }));
  const mark = { kind: "watermark", params: { mark: { type: "text", text: "theirs" } } };
  const theirMark = templateKey.parse(await call("templates.create", foreigner, { template: mark, name: "W" }));
  const output = await db.output.findFirstOrThrow({ where: { subtaskId: foreign.subtaskIds[0] } });
  const asset = await db.asset.create({
    data: { id: "0foreign00asset0", applicationId, name: "a.png", storageKey: "a/b", sizeBytes: 1, info: {} },
  });
  const category = await db.category.create({ data: { applicationId, name: "theirs" } });
  const steps = [{ operation: "sprite", template: 10 }];
  await call("procedures.create", foreigner, { name: "Foreign", body: { steps } });
  const { id: endpointId } = await addEndpoint(db, { applicationId });
  const deliveryId = await addDelivery(db, { endpointId, applicationId });
  const apiKey = { id: "RFKforeign", applicationId, name: "theirs", secretCipher: Buffer.from("sealed") };
  await db.apiKey.create({ data: apiKey });
  const trial = { ...whose(foreigner), mediaId, operation: {}, stretch: {}, expiresAt: new Date(Date.now() + 60_000) };
  await db.trial.create({ data: { ...trial, id: "0foreign0trial00" } });

  const nobodys = { family: "snapshot", definition: 1_999_999 };
  const endpoint = { name: "mine", url: "https://93.184.215.14/", kinds: [], enabled: true };
  const signed = { body: "{}", headers: { id: "", timestamp: "", signature: "" } };

  // Each input twice: with the foreign id, and with one of the same shape that nobody has.
  const pairs: Record<string, [unknown, unknown]> = {
    "tasks.get": [{ id: foreign.taskId }, { id: "none" }],
    "tasks.subtask": [{ id: foreign.subtaskIds[0] }, { id: "none" }],
    "tasks.log": [{ runId: foreign.runId }, { runId: "none" }],
    "tasks.playbackUrl": [{ outputId: output.id }, { outputId: "none" }],
    "assets.get": [{ id: asset.id }, { id: "none" }],
    "tasks.cancel": [{ id: foreign.taskId }, { id: "none" }],
    "tasks.restart": [
      { id: foreign.taskId, scope: "failed" },
      { id: "none", scope: "failed" },
    ],
    "tasks.create": [
      { mediaIds: [mediaId], procedureName: "Starter" },
      { mediaIds: ["none"], procedureName: "Starter" },
    ],
    "media.get": [{ id: mediaId }, { id: "none" }],
    "media.rename": [
      { id: mediaId, name: "mine" },
      { id: "none", name: "mine" },
    ],
    "media.describe": [
      { id: mediaId, description: "", tags: [], categoryId: null, expiresAt: null },
      { id: "none", description: "", tags: [], categoryId: null, expiresAt: null },
    ],
    "categories.create": [
      { parentId: category.id, name: "mine" },
      { parentId: 999_999, name: "mine" },
    ],
    "categories.rename": [
      { id: category.id, name: "mine" },
      { id: 999_999, name: "mine" },
    ],
    "categories.delete": [{ id: category.id }, { id: 999_999 }],
    "media.delete": [{ id: mediaId }, { id: "none" }],
    "media.edit": [{ edit: { clips: [{ mediaId }] } }, { edit: { clips: [{ mediaId: "none" }] } }],
    "media.split": [{ split: { mediaId, segments: [{}] } }, { split: { mediaId: "none", segments: [{}] } }],
    "media.compose": [
      { composition: { videoTracks: [{ clips: [{ mediaId }] }] } },
      { composition: { videoTracks: [{ clips: [{ mediaId: "none" }] }] } },
    ],
    "plans.dryRun": [
      { mediaId, work: { procedureName: "Starter" } },
      { mediaId: "none", work: { procedureName: "Starter" } },
    ],
    "trials.create": [
      { template, mediaId },
      { template, mediaId: "none" },
    ],
    "trials.get": [{ id: "0foreign0trial00" }, { id: "none" }],
    "apiKeys.rotate": [{ id: apiKey.id }, { id: "none" }],
    "apiKeys.change": [
      { id: apiKey.id, enabled: false },
      { id: "none", enabled: false },
    ],
    "apiKeys.remove": [{ id: apiKey.id }, { id: "none" }],
    "events.get": [{ id: deliveryId }, { id: "none" }],
    "events.resend": [{ id: deliveryId }, { id: "none" }],
    "events.updateEndpoint": [
      { id: endpointId, ...endpoint },
      { id: "none", ...endpoint },
    ],
    "events.deleteEndpoint": [{ id: endpointId }, { id: "none" }],
    "events.rotateSecret": [{ id: endpointId }, { id: "none" }],
    "events.endPreviousSecret": [{ id: endpointId }, { id: "none" }],
    "events.testEndpoint": [{ id: endpointId }, { id: "none" }],
    "events.checkSignature": [
      { ...signed, with: { by: "endpoint", endpointId } },
      { ...signed, with: { by: "endpoint", endpointId: "none" } },
    ],
    "uploads.sign": [
      { keyId: apiKey.id, procedure: "", oneTime: true, lifetimeSeconds: 60 },
      { keyId: "none", procedure: "", oneTime: true, lifetimeSeconds: 60 },
    ],
    "uploads.complete": [{ id: uploadId }, { id: "none" }],
    "uploads.remove": [{ id: uploadId }, { id: "none" }],
    "templates.get": [key, nobodys],
    "templates.versions": [key, nobodys],
    "templates.update": [
      { ...key, template, name: "mine", version: 1 },
      { ...nobodys, template, name: "mine", version: 1 },
    ],
    "templates.restore": [
      { ...key, version: 1, restoredVersion: 1 },
      { ...nobodys, version: 1, restoredVersion: 1 },
    ],
    "templates.preview": [
      { template, mediaId },
      { template, mediaId: "none" },
    ],
    "templates.delete": [key, nobodys],
    "procedures.get": [{ name: "Foreign" }, { name: "None" }],
    "procedures.update": [
      { name: "Foreign", version: 1, body: { steps } },
      { name: "None", version: 1, body: { steps } },
    ],
    "procedures.versions": [{ name: "Foreign" }, { name: "None" }],
    "procedures.restore": [
      { name: "Foreign", version: 1, restoredVersion: 1 },
      { name: "None", version: 1, restoredVersion: 1 },
    ],
    "procedures.setDefaults": [
      { transcodes: [], watermark: theirMark.definition },
      { transcodes: [], watermark: 1_999_999 },
    ],
    "procedures.delete": [{ name: "Foreign" }, { name: "None" }],
    "pipelines.update": [
      { id: pipelineId, paused: true },
      { id: 999_999, paused: true },
    ],
    "users.setRole": [
      { id: foreigner.user.id, role: "viewer" },
      { id: "none", role: "viewer" },
    ],
    "users.remove": [{ id: foreigner.user.id }, { id: "none" }],
  };
  for (const [path, [foreignInput, missingInput]] of Object.entries(pairs)) {
    const answer = await failureCode(path, asking, foreignInput);
    expect({ path, answer }).toEqual({ path, answer: expect.stringMatching(/_NOT_FOUND$/) });
    expect(answer, path).toBe(await failureCode(path, asking, missingInput));
  }
  expect(await call("tasks.rows", asking, { ids: [foreign.taskId] })).toEqual([]);
  expect(await call("tasks.list", asking, { mediaId })).toMatchObject({ items: [], total: { count: 0 } });
  expect(await call("tasks.list", asking, { search: foreign.taskId })).toMatchObject({ items: [] });
  expect(await call("media.list", asking, { search: mediaId })).toMatchObject({ items: [] });

  expect(await call("tasks.countByState", asking, { mediaId })).toMatchObject({});
  expect(await call("events.list", asking, {})).toMatchObject({ items: [] });
  expect(await call("events.rows", asking, { ids: [deliveryId] })).toEqual([]);
  expect(await call("events.countResend", asking, {})).toMatchObject({ count: 0 });
  await call("trials.cancel", asking, { id: "0foreign0trial00" });
  expect(await db.trial.findUnique({ where: { id: "0foreign0trial00" } })).toMatchObject({ state: "waiting" });

  // Whatever takes an id is looked at above.
  const lists = [
    ...["tasks.list", "tasks.rows", "tasks.countByState", "media.list", "templates.list", "templates.countTasks"],
    ...["events.list", "events.rows", "events.countResend", "events.resendMatching", "trials.cancel"],
  ];
  const makers = [
    ...[
      "templates.create",
      "templates.previewImport",
      "templates.import",
      "procedures.create",
      "procedures.validate",
      "uploads.pull",
    ],
    ...["users.create"],
    ...["apiKeys.create", "events.createEndpoint", "events.setConfig", "setup.createAdmin"],
  ];
  const idless = [...lists, ...makers];
  const takingIds = procedures.filter(({ path, takesInput }) => takesInput && !idless.includes(path));
  expect(takingIds.map(({ path }) => path).sort()).toEqual(Object.keys(pairs).sort());
});
