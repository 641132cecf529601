/** For tests: a real tus server behind a network that can be slowed to a stop, cut, or switched off. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createProxy, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server as TusServer } from "@tus/server";
import type { FileReader } from "tus-js-client";

const PATH = "/api/uploads";

/** tus-js-client under Node takes buffers, browsers send slices of the `File` itself. */
export const nodeFileReader: FileReader = {
  async openFile(file: File) {
    return {
      size: file.size,
      async slice(start, end) {
        const bytes = Buffer.from(await file.slice(start, end).arrayBuffer());
        return { value: Object.assign(bytes, { size: bytes.length }), done: end >= file.size };
      },
      close() {},
    };
  },
};

export interface TestTusServer {
  endpoint: string;
  /** Ids of all uploads ever created, in order, with the metadata they were created with. */
  created: { id: string; metadata: Record<string, string | null> | undefined }[];
  inProgressMax(): number;
  sha1Of(id: string): Promise<string>;
  receivedBytes(id: string): Promise<number>;
  /** Lets this many more bytes through, then stands still. */
  allowBytes(count: number): void;
  cutConnections(): void;
  /** As while a server restarts: nothing listens. */
  switchOff(): Promise<void>;
  switchOn(): Promise<void>;
  loseUploads(): Promise<void>;
  refuseWith(refusal: { status_code: number; body: string }): void;
  close(): Promise<void>;
}

export async function startTestTusServer(): Promise<TestTusServer> {
  const directory = await mkdtemp(join(tmpdir(), "reelflow-test-tus-"));
  const created: TestTusServer["created"] = [];
  const patching = new Set<string>();
  let patchingMax = 0;
  let refusal: { status_code: number; body: string } | null = null;

  const store = new FileStore({ directory });
  const tus = new TusServer({
    path: PATH,
    relativeLocation: true,
    datastore: store,
    async onUploadCreate(_request, upload) {
      if (refusal !== null) throw refusal;
      created.push({ id: upload.id, metadata: upload.metadata });
      return {};
    },
    async onUploadFinish() {
      return {};
    },
  });
  const backend = createServer((request, response) => {
    if (request.method === "PATCH" && request.url !== undefined) {
      const { url } = request;
      patching.add(url);
      patchingMax = Math.max(patchingMax, patching.size);
      response.on("close", () => patching.delete(url));
    }
    void tus.handle(request, response);
  });
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");

  const network = startNetwork(portOf(backend));
  await network.switchOn();

  return {
    endpoint: `http://127.0.0.1:${network.port()}${PATH}`,
    created,
    inProgressMax: () => patchingMax,
    async sha1Of(id) {
      const hash = createHash("sha1");
      for await (const chunk of createReadStream(join(directory, id))) hash.update(chunk);
      return hash.digest("hex");
    },
    receivedBytes: async (id) => (await store.getUpload(id)).offset,
    allowBytes: network.allowBytes,
    cutConnections: network.cutConnections,
    switchOff: network.switchOff,
    switchOn: network.switchOn,
    async loseUploads() {
      for (const name of await readdir(directory)) await rm(join(directory, name));
    },
    refuseWith: (value) => {
      refusal = value;
    },
    async close() {
      await network.switchOff();
      backend.closeAllConnections();
      backend.close();
      await rm(directory, { recursive: true });
    },
  };
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Not listening.");
  return address.port;
}

function startNetwork(backendPort: number) {
  let server: Server | undefined;
  let port = 0;
  let budget = Number.POSITIVE_INFINITY;
  const sockets = new Set<Socket>();
  const standing = new Set<Socket>();

  function accept(client: Socket): void {
    const upstream = connect(backendPort, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        standing.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (bytes) => {
      budget -= bytes.length;
      upstream.write(bytes);
      if (budget <= 0) {
        client.pause();
        standing.add(client);
      }
    });
    upstream.pipe(client);
  }
  function cutConnections(): void {
    for (const socket of sockets) socket.destroy();
  }
  return {
    port: () => port,
    cutConnections,
    allowBytes(count: number): void {
      budget = count;
      for (const socket of standing) socket.resume();
      standing.clear();
    },
    async switchOn(): Promise<void> {
      server = createProxy(accept);
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      port = portOf(server);
    },
    async switchOff(): Promise<void> {
      const closed = server === undefined || !server.listening ? undefined : once(server, "close");
      server?.close();
      cutConnections();
      await closed;
    },
  };
}
