import { expect, test } from "vitest";
import { readable } from "./lines.ts";

const at = Date.UTC(2026, 0, 2, 3, 4, 5);

test("a line of our own log reads as time, level, message and what else it says", () => {
  const line = JSON.stringify({
    level: 40,
    time: at,
    pid: 7,
    hostname: "h",
    name: "worker",
    runId: "r1",
    n: 2,
    msg: "slow",
  });
  expect(readable(line)).toBe("03:04:05 warn slow runId=r1 n=2");
});

test("an error's stack follows its line", () => {
  const line = JSON.stringify({
    level: 50,
    time: at,
    msg: "broken",
    err: { message: "no", stack: "Error: no\n    at x" },
  });
  expect(readable(line)).toBe("03:04:05 error broken\nError: no\n    at x");
});

test.each(["FATAL:  the database system is starting up", "{ not json", '{"other":"json"}'])(
  "%s stays as it is",
  (line) => {
    expect(readable(line)).toBe(line);
  },
);
