import { expect, test } from "vitest";
import { ACTIONS } from "../actions.ts";
import { ACTION_GROUPS, describeApi } from "./describe-actions.ts";
import { exampleOf } from "./examples.ts";

const { actions } = describeApi();

test("every action is in the reference, with every parameter of its request", () => {
  expect(actions.map(({ product, name }) => `${product} ${name}`)).toEqual(
    ACTIONS.map(({ product, name }) => `${product} ${name}`),
  );
  for (const [index, { request, name }] of ACTIONS.entries()) {
    const paths = actions[index]?.parameters.map(({ path }) => path) ?? [];
    expect(paths.filter((path) => !/[.[]/u.test(path)).sort(), name).toEqual(Object.keys(request.shape).sort());
  }
  expect(new Set(actions.map(({ group }) => group))).toEqual(new Set(ACTION_GROUPS));
});

test("limits, choices and what is needed are told, within structures too", () => {
  const of = (name: string, path: string) =>
    actions.find((one) => one.name === name)?.parameters.find((one) => one.path === path);
  expect(of("ApplyUpload", "MediaType")).toMatchObject({ type: "string", required: true, maximum: 20 });
  expect(of("ProcessMedia", "MediaProcessTask.TranscodeTaskSet[].Definition")).toMatchObject({
    ...{ type: "integer", required: true },
  });
  expect(of("ComposeMedia", "Tracks")).toMatchObject({ type: "object[]", minimum: 1, required: true });
});

test.each(ACTIONS.map((action) => [`${action.product} ${action.name}`, action] as const))(
  "the example of %s is a request that is read",
  (_, { name, request }) => {
    const parsed = request.safeParse(exampleOf(name));
    expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
  },
);
