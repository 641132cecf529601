import { expect, test } from "vitest";
import { newId } from "../../domain/id.ts";
import { ourTaskId, taskTypeOf, wireTaskId } from "./task-id.ts";

test("an id looks as clients know it, and leads back to the task", () => {
  const id = newId();
  const wire = wireTaskId(7, "Procedure", id);
  expect(wire).toMatch(/^7-Procedure-[0-9a-f]{32}t0$/);
  expect(ourTaskId(7, wire)).toBe(id);
  expect(ourTaskId(7, id)).toBe(id);
});

test("another application's id leads nowhere, and neither does what is no id", () => {
  const id = newId();
  expect(ourTaskId(8, wireTaskId(7, "EditMedia", id))).toBeNull();
  const noId = Buffer.from("../../../../etc/").toString("hex");
  for (const text of ["", "1", `7-Procedure-${noId}t0`, `7-Procedure-${"0".repeat(31)}t0`, `${id}u`, "7--t0"]) {
    expect(ourTaskId(7, text)).toBeNull();
  }
});

test("what a task is follows from what is done in it", () => {
  expect(taskTypeOf(["edit"])).toBe("EditMedia");
  expect(taskTypeOf(["split"])).toBe("SplitMedia");
  expect(taskTypeOf(["compose"])).toBe("ComposeMedia");
  expect(taskTypeOf(["cover", "transcode"])).toBe("Procedure");
  expect(taskTypeOf([])).toBe("Procedure");
});
