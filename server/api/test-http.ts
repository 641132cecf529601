/** A route of ours on a port of its own, as clients of the network meet it. Never imported by the product. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface TestHttp {
  url: string;
  port: number;
  close: () => Promise<void>;
}

export async function serveOverHttp(handle: (request: Request) => Promise<Response>): Promise<TestHttp> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const response = await handle(requestOf(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    await pipeline(Readable.from(response.body ?? []), outgoing).catch(() => undefined);
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function requestOf(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const body = hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {};
  return new Request(`http://${headers.get("host")}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    ...body,
  } as RequestInit);
}
