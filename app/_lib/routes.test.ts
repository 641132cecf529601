import { expect, test } from "vitest";
import { routes, safeNext } from "./routes.ts";

test("empty filters leave no trace in a link", () => {
  expect(routes.tasks({ search: "", state: "failed" })).toBe("/tasks?state=failed");
  expect(routes.tasks()).toBe("/tasks");
});

test("a procedure's name is one path segment whatever it holds", () => {
  expect(routes.procedure("a/b 가")).toBe("/procedures/a%2Fb%20%EA%B0%80");
});

test.each([
  ["/tasks?state=failed", "/tasks?state=failed"],
  ["//evil.example/x", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["https://evil.example", "/"],
  [null, "/"],
])("after sign-in %j leads to %s", (next, path) => {
  expect(safeNext(next)).toBe(path);
});
