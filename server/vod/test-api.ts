/** The API behind a real HTTP server, for the vendor's own client. Never imported by the product. */
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pino } from "pino";
import { mps } from "tencentcloud-sdk-nodejs-mps";
import { vod } from "tencentcloud-sdk-nodejs-vod";
import { KeyRing } from "../api-keys/key-ring.ts";
import { encryptSecret } from "../api-keys/secret-cipher.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { newId } from "../domain/id.ts";
import { parseEnv } from "../env.ts";
import { LiveFeed } from "../events/live.ts";
import { FileLinks } from "../files/file-links.ts";
import { UploadFiles } from "../media/upload-files.ts";
import { openStore } from "../storage/open-store.ts";
import { ObjectFiles } from "../uploads/object-files.ts";
import { UploadCredentials } from "../uploads/upload-credentials.ts";
import type { VodServices } from "./context.ts";
import { dispatch, type VodResponse } from "./dispatch.ts";

const SECRET_KEY = "a secret key of the installation, long enough";

export type VodClient = InstanceType<typeof vod.v20180717.Client>;

export type MpsClient = InstanceType<typeof mps.v20190612.Client>;

export interface ApiKeyPair {
  secretId: string;
  secretKey: string;
}

interface ClientOptions {
  signMethod?: "TC3-HMAC-SHA256" | "HmacSHA256" | "HmacSHA1";
  reqMethod?: "GET" | "POST";
  /** Below the server's address, as `/vod`. */
  path?: string;
}

export interface TestApi {
  database: TestDatabase;
  services: VodServices;
  /** `127.0.0.1:<port>`. */
  endpoint: string;
  /** Signs with a key of the first application. */
  client: VodClient;
  key: ApiKeyPair;
  addKey: (applicationId: number) => Promise<ApiKeyPair>;
  clientWith: (key: ApiKeyPair, options?: ClientOptions) => VodClient;
  /** Of the media processing API, with the same key. */
  mps: MpsClient;
  stop: () => Promise<void>;
}

export async function startTestApi(): Promise<TestApi> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "reelflow-api-"));
  const env = parseEnv({
    SECRET_KEY,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PUBLIC_URL: "http://reelflow.test",
    OUTBOUND_ALLOW: "127.0.0.0/8",
  });
  const { db } = database;
  const log = pino({ level: "silent" });
  const fails = (error: unknown) => {
    throw error;
  };
  const services: VodServices = {
    env,
    db,
    store: openStore(env),
    live: new LiveFeed(database.url),
    links: new FileLinks(SECRET_KEY),
    files: new UploadFiles(env),
    objects: new ObjectFiles(env),
    credentials: new UploadCredentials(SECRET_KEY),
    keys: new KeyRing(db, SECRET_KEY, fails),
    log,
    stopping: new AbortController().signal,
  };
  const server = createServer((request, response) => {
    void answer(request, services).then((body) =>
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // SAFETY: a server that listens on a port has an address of this shape.
  const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ keepAlive: true });

  const addKey = async (applicationId: number): Promise<ApiKeyPair> => {
    const [secretId, secretKey] = [`AKID${newId()}`, newId()];
    const secretCipher = encryptSecret(SECRET_KEY, secretId, secretKey);
    await db.apiKey.create({ data: { id: secretId, applicationId, name: "test", secretCipher } });
    return { secretId, secretKey };
  };
  const clientWith = (credential: ApiKeyPair, { signMethod, reqMethod, path = "" }: ClientOptions = {}): VodClient =>
    new vod.v20180717.Client({
      credential,
      profile: {
        ...(signMethod && { signMethod }),
        // An agent of ours, as the client would obey a proxy of the environment.
        httpProfile: { endpoint: endpoint + path, protocol: "http://", agent, ...(reqMethod && { reqMethod }) },
      },
    });
  const key = await addKey(1);
  const httpProfile = { endpoint, protocol: "http://", agent };
  return {
    database,
    services,
    endpoint,
    client: clientWith(key),
    key,
    addKey,
    clientWith,
    mps: new mps.v20190612.Client({ credential: key, profile: { httpProfile } }),
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await services.live.close();
      await database.drop();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function answer(message: IncomingMessage, services: VodServices): Promise<VodResponse> {
  const [path = "/", query = ""] = (message.url ?? "").split("?");
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const body = await buffer(message);
  const { signal } = new AbortController();
  const readBody = async (bytesMax: number) => (body.length > bytesMax ? null : body);
  return dispatch({ method: message.method ?? "", path, query, headers, readBody, signal }, services);
}
