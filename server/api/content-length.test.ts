import { createServer } from "node:http";
import { expect, test } from "vitest";
import { carryLength, restoreLengths } from "./content-length.ts";

test("a length that was carried past Next arrives as one, and nothing is sent in chunks", async () => {
  restoreLengths();
  const server = createServer((request, response) => {
    const answer = carryLength(new Response("12345", { headers: { "Content-Length": "5" } }));
    // What Next does: it copies every header but this one, and writes the body.
    for (const [name, value] of answer.headers) if (name !== "content-length") response.setHeader(name, value);
    if (request.method !== "HEAD") response.write("12345");
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  for (const method of ["GET", "HEAD"]) {
    const { headers } = await fetch(`http://127.0.0.1:${port}`, { method });
    const told = ["content-length", "transfer-encoding", "x-content-length"].map((name) => headers.get(name));
    expect(told, method).toEqual(["5", null, null]);
  }
  server.closeAllConnections();
  server.close();
});
