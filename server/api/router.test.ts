import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnyTRPCProcedure, callTRPCProcedure, TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
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
let admin: Me;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-router-"));
  services = testServices(database, folder);
  viewer = await addUser(database.db, "viewer");
  operator = await addUser(database.db, "operator");
  admin = await addUser(database.db, "admin");
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
const ADMIN_ONLY = ["pipelines.update", "users.list", "users.create", "users.setRole", "users.remove"];
/** What a viewer may not do without it being a mutation: uploads are an operator's own affair. */
const OPERATOR_READS = ["uploads.list"];

describe("who may call what, whatever the input", () => {
  test.each(procedures.filter(({ path }) => !PUBLIC.includes(path)))("$path is not for strangers", async ({ path }) => {
    expect(await failureCode(path, null)).toBe("UNAUTHORIZED");
  });

  const mutations = procedures.filter(({ path, type }) => type === "mutation" && !PUBLIC.includes(path));
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
  const foreigner = await addUser(db, "admin", applicationId);
  const foreign = await addTask(db, { applicationId }, [{ state: "failed", outputs: [["a.mp4"]] }]);
  const { mediaId, pipelineId } = await db.task.findUniqueOrThrow({ where: { id: foreign.taskId } });
  await db.runLogChunk.create({ data: { runId: foreign.runId, number: 1, text: "secret" } });
  const uploadId = "0foreign0upload0";
  await db.upload.create({
    data: { id: uploadId, applicationId, createdById: foreigner.user.id, fileName: "f", sizeBytes: 1 },
  });
  const template = { kind: "snapshot", params: {} };
  const key = await call("templates.create", foreigner, { template, name: "T" });
  const output = await db.output.findFirstOrThrow({ where: { subtaskId: foreign.subtaskIds[0] } });
  const asset = await db.asset.create({
    data: { id: "0foreign00asset0", applicationId, name: "a.png", storageKey: "a/b", sizeBytes: 1, info: {} },
  });
  const category = await db.category.create({ data: { applicationId, name: "theirs" } });
  const steps = [{ operation: "sprite", template: 10 }];
  await call("procedures.create", foreigner, { name: "Foreign", steps });

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
    "uploads.complete": [{ id: uploadId }, { id: "none" }],
    "uploads.remove": [{ id: uploadId }, { id: "none" }],
    "templates.get": [key, { family: "snapshot", definition: 1_999_999 }],
    "templates.delete": [key, { family: "snapshot", definition: 1_999_999 }],
    "procedures.get": [{ name: "Foreign" }, { name: "None" }],
    "procedures.update": [
      { name: "Foreign", version: 1, steps },
      { name: "None", version: 1, steps },
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
    const answer = await failureCode(path, admin, foreignInput);
    expect(answer, path).toMatch(/_NOT_FOUND$/);
    expect(answer, path).toBe(await failureCode(path, admin, missingInput));
  }
  expect(await call("tasks.rows", admin, { ids: [foreign.taskId] })).toEqual([]);
  expect(await call("tasks.list", admin, { mediaId })).toMatchObject({ items: [], total: { count: 0 } });
  expect(await call("tasks.list", admin, { search: foreign.taskId })).toMatchObject({ items: [] });
  expect(await call("media.list", admin, { search: mediaId })).toMatchObject({ items: [] });

  // Whatever takes an id is looked at above.
  const lists = ["tasks.list", "tasks.rows", "media.list", "templates.list", "templates.create", "procedures.create"];
  const idless = [...lists, "users.create", "setup.createAdmin"];
  const takingIds = procedures.filter(({ path, takesInput }) => takesInput && !idless.includes(path));
  expect(takingIds.map(({ path }) => path).sort()).toEqual(Object.keys(pairs).sort());
});
