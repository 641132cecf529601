import { expect, test } from "vitest";
import { createLogger } from "./log.ts";

test("no secret reaches a log line, however it is wrapped", () => {
  const lines: string[] = [];
  const log = createLogger("web", "info", { write: (line) => lines.push(line) });
  log.info({ password: "hunter2", token: "hunter2", user: { name: "Ann", secret: "hunter2" } }, "signed in");
  log.error({ request: { headers: { cookie: "hunter2", "set-cookie": "hunter2", "x-api-key": "hunter2" } } }, "failed");
  log.error(Object.assign(new Error("no"), { connectionString: "postgresql://u:hunter2@h/d" }));
  log.info({ err: Object.assign(new Error("no"), { config: { authorization: "hunter2" } }) });
  expect(lines).toHaveLength(4);
  expect(lines.join("")).not.toContain("hunter2");
  expect(lines.join("")).toContain("Ann");
});

test("lines below the level are not written", () => {
  const lines: string[] = [];
  createLogger("web", "warn", { write: (line) => lines.push(line) }).info("hello");
  expect(lines).toEqual([]);
});
