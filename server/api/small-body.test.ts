import { expect, test } from "vitest";
import { withSmallBody } from "./small-body.ts";

const MB = 1024 ** 2;
const headers = { "content-type": "application/json" };

/** Sends a megabyte whenever it is asked for one, and tells how often that was. */
function endless() {
  const sent = { megabytes: 0, isLetGo: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        sent.megabytes += 1;
        controller.enqueue(new Uint8Array(MB));
      },
      cancel: () => {
        sent.isLetGo = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { sent, body };
}

test("a body is read whole, and the request is otherwise the same", async () => {
  const asked = new Request("http://host/path?batch=1", { method: "POST", headers, body: '{"name":"名字"}' });
  const small = await withSmallBody(asked);
  expect(small).toMatchObject({ url: "http://host/path?batch=1", method: "POST" });
  expect(small?.headers.get("content-type")).toBe("application/json");
  expect(await small?.json()).toEqual({ name: "名字" });
});

test("a body without an end is not read further than anything we send", async () => {
  const { sent, body } = endless();
  const request = new Request("http://host/", { method: "POST", headers, body, ...{ duplex: "half" } });
  expect(await withSmallBody(request)).toBeNull();
  expect(sent).toEqual({ megabytes: 4, isLetGo: true });
});

test("a request without a body stays what it is", async () => {
  const request = new Request("http://host/");
  expect(await withSmallBody(request)).toBe(request);
});
