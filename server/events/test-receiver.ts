/** A receiver of notifications, as a user would run one, that answers what a test wants. Never imported by the product. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

type Answer = (response: ServerResponse, received: Received) => void;

export class TestReceiver {
  readonly received: Received[] = [];
  readonly url: string;
  /** How it answers from now on. */
  answer: Answer = (response) => response.end("thanks");
  readonly #close: () => Promise<void>;

  private constructor(port: number, close: () => Promise<void>) {
    this.url = `http://127.0.0.1:${port}/hook`;
    this.#close = close;
  }

  static async start(): Promise<TestReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const received = { headers: request.headers, body: Buffer.concat(chunks).toString("utf8"), at: Date.now() };
        receiver.received.push(received);
        receiver.answer(response, received);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new TestReceiver(port, () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    return receiver;
  }

  /** What it was told, in the order it came. */
  told(): Told[] {
    return this.received.map(({ body }) => told.parse(JSON.parse(body)));
  }

  close(): Promise<void> {
    return this.#close();
  }
}

const told = z.looseObject({ EventType: z.string() });
type Told = z.output<typeof told>;

export function answerStatus(status: number, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end();
}

/** Takes the request and never says anything. */
export const hang: Answer = () => undefined;
