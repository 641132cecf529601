import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deliver } from "../../../worker/jobs/deliver.ts";
import { EndpointSecrets } from "../../events/endpoint-secrets.ts";
import { renderNotification } from "../../events/render-notification.ts";
import { letPass } from "../../events/test-endpoints.ts";
import { answerStatus, TestReceiver } from "../../events/test-receiver.ts";
import { finishRun } from "../../tasks/finish-run.ts";
import { addFilm, addTask, allSucceeded, claimAdmitted, SPRITE, UNKNOWN } from "../../tasks/test-tasks.ts";
import { startTestApi, type TestApi } from "../test-api.ts";

let api: TestApi;
let receiver: TestReceiver;
beforeAll(async () => {
  api = await startTestApi();
  receiver = await TestReceiver.start();
});
afterAll(async () => {
  await receiver.close();
  await api.stop();
});
afterEach(async () => {
  receiver.received.splice(0);
  receiver.answer = (response) => response.end();
  const { db } = api.database;
  await db.notification.deleteMany();
  await db.endpoint.deleteMany();
  await db.eventConfig.deleteMany();
});

/** What a worker does for everything that was announced. */
async function workOff(): Promise<void> {
  const { db } = api.database;
  const { env, links, stopping } = api.services;
  for (const { eventId } of await db.notification.findMany({
    where: { content: null },
    orderBy: { eventId: "desc" },
  })) {
    await renderNotification({ db, env, links }, eventId);
  }
  const sending = { secrets: new EndpointSecrets(env.SECRET_KEY), allow: env.OUTBOUND_ALLOW };
  for (const { id } of await db.endpoint.findMany()) await deliver({ db, sending, stopping }, id);
}

async function runFlow(notifyMode: "finish" | "change" | "none"): Promise<string> {
  const { db } = api.database;
  const steps = [SPRITE, SPRITE, UNKNOWN];
  const taskId = await addTask(db, { steps, mediaId: await addFilm(db), notifyMode, sessionContext: "ctx" });
  const run = await claimAdmitted(db, taskId);
  await finishRun(db, run, allSucceeded(run));
  return taskId;
}

const refused = (code: string) => expect.objectContaining({ code });

test("at first events are pushed to nowhere, and only what is given changes", async () => {
  const at = await api.client.DescribeEventConfig({});
  expect(at).toMatchObject({
    ...{ Mode: "PUSH", NotificationUrl: "", UploadMediaCompleteEventSwitch: "OFF" },
    ...{ DeleteMediaCompleteEventSwitch: "OFF", PersistenceCompleteEventSwitch: "OFF" },
  });
  await api.client.ModifyEventConfig({ NotificationUrl: receiver.url, UploadMediaCompleteEventSwitch: "ON" });
  await api.client.ModifyEventConfig({ Mode: "PULL", SignKey: "abc123" });
  const { RequestId: _, ...config } = await api.client.DescribeEventConfig({});
  expect(config).toEqual({
    ...{ Mode: "PULL", NotificationUrl: receiver.url, UploadMediaCompleteEventSwitch: "ON" },
    ...{ DeleteMediaCompleteEventSwitch: "OFF", PersistenceCompleteEventSwitch: "OFF" },
  });
  await api.client.ModifyEventConfig({ NotificationUrl: "", Mode: "PUSH" });
  expect(await api.client.DescribeEventConfig({})).toMatchObject({ Mode: "PUSH", NotificationUrl: "" });
  expect(await api.database.db.endpoint.count()).toBe(1);
});

test("wrong settings are refused, and nothing of them is kept", async () => {
  const { client } = api;
  for (const wrong of [
    { Mode: "SHOUT" },
    { NotificationUrl: "ftp://example.com/" },
    { NotificationUrl: "http://10.0.0.1/" },
    { SignKey: "a".repeat(33) },
    { SignKey: "not alphanumeric" },
    { UploadMediaCompleteEventSwitch: "yes" },
  ]) {
    await expect(client.ModifyEventConfig({ ...wrong, DeleteMediaCompleteEventSwitch: "ON" })).rejects.toEqual(
      expect.objectContaining({ code: expect.stringMatching(/^InvalidParameterValue/) }),
    );
  }
  expect(await client.DescribeEventConfig({})).toMatchObject({ DeleteMediaCompleteEventSwitch: "OFF" });
});

test("the receiver is told as often as the flow wishes, without nulls or handle, signed with the key", async () => {
  await api.client.ModifyEventConfig({ Mode: "PUSH", NotificationUrl: receiver.url, SignKey: "SignKeyEXAMPLE01" });
  for (const [mode, times] of [
    ["finish", 1],
    ["change", 3],
    ["none", 0],
  ] as const) {
    receiver.received.splice(0);
    await runFlow(mode);
    await workOff();
    expect(receiver.received).toHaveLength(times);
    for (const { body } of receiver.received) {
      expect(body).not.toMatch(/null|EventHandle/);
      const { Sign, T, EventType, ProcedureStateChangeEvent } = JSON.parse(body);
      expect(Sign).toBe(createHash("md5").update(`SignKeyEXAMPLE01${T}`).digest("hex"));
      expect(EventType).toBe("ProcedureStateChanged");
      expect(ProcedureStateChangeEvent).toMatchObject({ SessionContext: "ctx", FileId: expect.any(String) });
    }
  }
});

test("each change shows the states as they were then, and only the last says that the flow is over", async () => {
  await api.client.ModifyEventConfig({ NotificationUrl: receiver.url });
  await runFlow("change");
  await workOff();
  const shown = receiver.received.map(({ body }) => {
    const { Status, MediaProcessResultSet } = JSON.parse(body).ProcedureStateChangeEvent;
    const states = MediaProcessResultSet.map(
      (result: Record<string, { Status: string }>) => result.ImageSpriteTask?.Status,
    );
    return [Status, ...states];
  });
  expect(shown).toEqual([
    ["PROCESSING", "PROCESSING", "PROCESSING", "FAIL"],
    ["PROCESSING", "SUCCESS", "PROCESSING", "FAIL"],
    ["FINISH", "SUCCESS", "SUCCESS", "FAIL"],
  ]);
});

test("a receiver that fails twice gets a third delivery", async () => {
  await api.client.ModifyEventConfig({ NotificationUrl: receiver.url });
  await runFlow("finish");
  receiver.answer = answerStatus(500);
  await workOff();
  await letPass(api.database.db, 2);
  await workOff();
  receiver.answer = answerStatus(200);
  await letPass(api.database.db, 6);
  await workOff();
  expect(receiver.received).toHaveLength(3);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
});

test("pulled events show every other payload as null, are confirmed once, and are counted", async () => {
  const { client } = api;
  await client.ModifyEventConfig({ Mode: "PULL", NotificationUrl: receiver.url });
  await runFlow("finish");
  await workOff();
  expect(receiver.received).toEqual([]);
  expect(await client.DescribeEventsState({})).toMatchObject({ CountOfEventsToPull: 1 });
  const { EventSet } = await client.PullEvents({});
  expect(EventSet).toHaveLength(1);
  expect(EventSet?.[0]).toMatchObject({
    ...{ EventType: "ProcedureStateChanged", EventHandle: expect.any(String) },
    ...{ FileUploadEvent: null, PullCompleteEvent: null, EditMediaCompleteEvent: null, FileDeleteEvent: null },
    ProcedureStateChangeEvent: { Status: "FINISH", TaskId: expect.stringContaining("-Procedure-") },
  });
  const handle = EventSet?.[0]?.EventHandle ?? "";
  await expect(client.ConfirmEvents({ EventHandles: [handle, "made up"] })).rejects.toEqual(
    refused("InvalidParameterValue"),
  );
  await client.ConfirmEvents({ EventHandles: [handle] });
  expect(await client.DescribeEventsState({})).toMatchObject({ CountOfEventsToPull: 0 });
  await expect(client.ConfirmEvents({ EventHandles: [] })).rejects.toEqual(refused("InvalidParameterValue"));
  await expect(client.ConfirmEvents({ EventHandles: Array(17).fill(handle) })).rejects.toEqual(
    refused("InvalidParameterValue"),
  );
});

test("events are another application's own, and what is queued stays pullable when the mode changes", async () => {
  const { database, client } = api;
  await client.ModifyEventConfig({ Mode: "PULL" });
  await runFlow("finish");
  await workOff();
  const { id } = await database.db.application.create({ data: { name: "Other" } });
  const other = api.clientWith(await api.addKey(id));
  expect(await other.DescribeEventsState({})).toMatchObject({ CountOfEventsToPull: 0 });
  await client.ModifyEventConfig({ Mode: "PUSH" });
  const { EventSet } = await client.PullEvents({});
  expect(EventSet).toHaveLength(1);
  await expect(other.ConfirmEvents({ EventHandles: [EventSet?.[0]?.EventHandle ?? ""] })).rejects.toEqual(
    refused("InvalidParameterValue"),
  );
  await client.ConfirmEvents({ EventHandles: [EventSet?.[0]?.EventHandle ?? ""] });
});
