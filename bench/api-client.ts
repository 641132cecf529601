/** A client of the server API that costs as little as possible: on the machine that is measured, it takes its share. */
import { createHash, createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { BenchWeb } from "./web.ts";

const answered = z.object({ Response: z.looseObject({ Error: z.object({ Code: z.string() }).optional() }) });

export class ApiClient {
  readonly #web: BenchWeb;
  readonly #agent: Agent;

  constructor(web: BenchWeb, connections: number) {
    this.#web = web;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Answers what stands in `Response`; throws when that is an error. */
  async call(action: string, parameters: object): Promise<Record<string, unknown>> {
    const body = JSON.stringify(parameters);
    const { port } = this.#web;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const sent = request({ port, host: "127.0.0.1", method: "POST", path: "/", agent: this.#agent }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on("error", reject);
    for (const [name, value] of Object.entries(this.#sign(action, body))) sent.setHeader(name, value);
    sent.end(body);
    const { Response } = answered.parse(JSON.parse(await promise));
    if (Response.Error !== undefined) throw new Error(`${action}: ${Response.Error.Code}`);
    return Response;
  }

  close(): void {
    this.#agent.destroy();
  }

  #sign(action: string, body: string): Record<string, string> {
    const { id, secret } = this.#web.key;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
    const canonical = `POST\n/\n\ncontent-type:application/json\nhost:127.0.0.1\n\ncontent-type;host\n${sha256(body)}`;
    const key = hmac(hmac(hmac(`TC3${secret}`, date), "vod"), "tc3_request");
    const signature = hmac(
      key,
      `TC3-HMAC-SHA256\n${timestamp}\n${date}/vod/tc3_request\n${sha256(canonical)}`,
    ).toString("hex");
    return {
      "Content-Type": "application/json",
      "X-TC-Action": action,
      "X-TC-Version": "2018-07-17",
      "X-TC-Timestamp": timestamp,
      Authorization: `TC3-HMAC-SHA256 Credential=${id}/${date}/vod/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`,
    };
  }
}

function hmac(key: string | Buffer, value: string): Buffer {
  return createHmac("sha256", key).update(value).digest();
}

function sha256(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
