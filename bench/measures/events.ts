import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { newId } from "#domain/id.ts";
import { EndpointSecrets, newSecret } from "#server/events/endpoint-secrets.ts";
import { listDeliveries } from "#server/events/list-deliveries.ts";
import { startTask } from "../flow.ts";
import { type Line, median } from "../report.ts";
import { type BenchSystem, SECRET_KEY, until } from "../system.ts";

const EVENTS = 50;
const BURST = 1_000;
const CALLERS = 8;
const DELIVERIES = 1_000_000;
const ROUNDS = 20;
const LIMIT_MS = 120_000;

/** A receiver that notes when the first byte of each request comes in. */
class Receiver {
  count = 0;
  firstByteAt = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(204).end();
      receiver.count += 1;
    });
    const receiver = new Receiver(server);
    server.on("connection", (socket) => {
      socket.once("data", () => {
        receiver.firstByteAt = performance.now();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return receiver;
  }

  get url(): string {
    // SAFETY: a server that listens on a port has an address of this shape.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** A task without work ends in the transaction that makes it: its event is what is told of every task. */
export async function events(system: BenchSystem, mediaId: string): Promise<Line[]> {
  const receiver = await Receiver.start();
  try {
    await addEndpoint(system, receiver.url);
    const delays: number[] = [];
    for (let event = 1; event <= EVENTS; event++) {
      const startedAt = performance.now();
      await startTask(system, mediaId, []);
      await until(async () => receiver.count === event, LIMIT_MS, 1);
      delays.push(receiver.firstByteAt - startedAt);
    }
    const startedAt = performance.now();
    const callers = Array.from({ length: CALLERS }, async () => {
      for (let event = 0; event < BURST / CALLERS; event++) await startTask(system, mediaId, []);
    });
    await Promise.all(callers);
    await until(async () => receiver.count === EVENTS + BURST, LIMIT_MS, 20);
    const perSecond = BURST / ((performance.now() - startedAt) / 1000);
    return [
      {
        name: "event (its transaction included) → first byte at the receiver",
        figure: `${median(delays).toFixed(0)} ms median of ${EVENTS}`,
        target: "≤ 100 ms",
      },
      {
        name: `${BURST.toLocaleString("en")} events, from the first to the last at one receiver`,
        figure: `${perSecond.toFixed(0)} a second`,
        target: "",
      },
      ...(await eventList(system)),
    ];
  } finally {
    receiver.close();
  }
}

async function addEndpoint({ db }: BenchSystem, url: string): Promise<void> {
  const id = newId();
  const secret = new EndpointSecrets(SECRET_KEY).seal(id, "secret", newSecret());
  await db.endpoint.create({ data: { id, applicationId: 1, name: "bench", url, secret } });
}

/** Of three receivers and the pull queue; a kind that hardly occurs, and one that never does. */
async function eventList({ db }: BenchSystem): Promise<Line[]> {
  await db.$transaction(
    async (tx) => {
      // The list reads deliveries alone: their events need not be there.
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`
        INSERT INTO "Delivery" ("id", "eventId", "endpointId", "applicationId", "kind", "taskId", "orderKey", "state", "createdAt")
        SELECT 'd' || lpad(n::text, 15, '0'), n, CASE n % 4 WHEN 0 THEN NULL ELSE 'endpoint-' || n % 4 END, 1,
          CASE WHEN n % 20000 = 0 THEN 'media.deleted' WHEN n % 10 = 0 THEN 'media.uploaded' ELSE 'task.changed' END,
          md5('t' || n / 4), md5('t' || n / 4),
          (CASE WHEN n % 50 = 0 THEN 'failed' WHEN n % 999 = 0 THEN 'waiting' ELSE 'delivered' END)::"DeliveryState",
          now() - n * interval '3 seconds'
        FROM generate_series(1, ${DELIVERIES}::int) n`;
    },
    { timeout: 600_000 },
  );
  await db.$executeRaw`ANALYZE "Delivery"`;
  const filters = {
    "no filter": {},
    failed: { states: ["failed" as const] },
    "one receiver": { receiver: "endpoint-2" },
    "a rare type at one receiver": { receiver: "endpoint-2", kinds: ["media.deleted" as const] },
    "a type that never occurs": { kinds: ["compose.completed" as const] },
    "one task": { taskId: "c4ca4238a0b923820dcc509a6f75849b" },
    "a day long ago, failed": {
      states: ["failed" as const],
      createdAfter: new Date(Date.now() - 21 * 86_400_000),
      createdBefore: new Date(Date.now() - 20 * 86_400_000),
    },
  };
  const lines: Line[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      await listDeliveries(db, 1, filter, { after: null, limit: 50 });
      times.push(performance.now() - started);
    }
    const figure = `${median(times).toFixed(1)} ms median of ${ROUNDS}`;
    lines.push({
      name: `event list at ${DELIVERIES.toLocaleString("en")} deliveries, ${name}`,
      figure,
      target: "≤ 50 ms",
    });
  }
  return lines;
}
