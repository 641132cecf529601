/** What the specs of the server API do again and again, with the vendor's own clients. */
import { appendFile, readFile } from "node:fs/promises";
import { Agent } from "node:http";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { mps } from "tencentcloud-sdk-nodejs-mps";
import { API_KEY, type ApiKey, type VodClient, vodClient } from "./api.ts";
import { runFolder } from "./clips.ts";

type MpsClient = InstanceType<typeof mps.v20190612.Client>;

/** Every action that a client was asked for in this run, one a line. */
export const callsFile = () => join(runFolder(), "api-calls.txt");

/** The client itself; what is asked of it is written down. */
function watched<Client extends object>(client: Client, product: string): Client {
  return new Proxy(client, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function" || typeof name !== "string") return member;
      return async (...args: unknown[]) => {
        const action = name === "request" ? String(args[0]) : name;
        await appendFile(callsFile(), `${product} ${action}\n`);
        return Reflect.apply(member, target, args);
      };
    },
  });
}

const address = () => process.env.E2E_BASE_URL ?? "";

export function vod(key: ApiKey = API_KEY): VodClient {
  return watched(vodClient(address(), key), "vod");
}

export function mpsClient(): MpsClient {
  const { host } = new URL(address());
  const httpProfile = { endpoint: host, protocol: "http://", agent: new Agent() };
  return watched(new mps.v20190612.Client({ credential: API_KEY, profile: { httpProfile } }), "mps");
}

/** Of an answer that should have been an error. */
export async function codeOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => "answered",
    ({ code }: { code: string }) => code,
  );
}

/** Sends a file the way a server does; answers its id. */
export async function send(
  path: string,
  request: Partial<Parameters<VodClient["ApplyUpload"]>[0]> = {},
): Promise<string> {
  const client = vod();
  const applied = await client.ApplyUpload({ MediaType: path.split(".").at(-1) ?? "", ...request });
  const { UploadUrl } = applied as typeof applied & { UploadUrl: string };
  const put = await fetch(UploadUrl, { method: "PUT", body: new Uint8Array(await readFile(path)) });
  expect(put.status).toBe(200);
  const { FileId = "" } = await client.CommitUpload({ VodSessionKey: applied.VodSessionKey ?? "" });
  return FileId;
}

export type TaskDetail = Awaited<ReturnType<VodClient["DescribeTaskDetail"]>>;

/** The detail of a task when it has ended. */
export async function ended(TaskId: string | undefined): Promise<TaskDetail> {
  const client = vodClient(address(), API_KEY);
  let detail: TaskDetail | undefined;
  await expect
    .poll(
      async () => {
        detail = await client.DescribeTaskDetail({ TaskId: TaskId ?? "" });
        return detail.Status;
      },
      { timeout: 180_000, intervals: [300] },
    )
    .toMatch(/^(FINISH|ABORTED)$/);
  if (detail === undefined) throw new Error("No detail");
  return detail;
}

/** The children of a flow, by what they did: `{ Transcode: [TranscodeTask, …] }`. */
export function childrenOf({ ProcedureTask }: TaskDetail) {
  return (ProcedureTask?.MediaProcessResultSet ?? []).map((result) => {
    const [, task] = Object.entries(result).find(([name, value]) => name.endsWith("Task") && value) ?? [];
    return { type: result.Type, task: task as { Status: string; ErrCodeExt: string; Output: never; Input: never } };
  });
}

/** A file behind an address, as bytes. */
export async function fetched(url: string | undefined): Promise<Uint8Array> {
  const answer = await fetch(url ?? "");
  expect(answer.status, url).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}
