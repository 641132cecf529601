import { expect, test } from "vitest";
import { wrongFieldsOf } from "./new-user.ts";

const ada = { name: "Ada", email: "ada@example.com", password: "12345678", role: "viewer" } as const;

test("a complete user has nothing wrong, spaces around name and address notwithstanding", () => {
  expect(wrongFieldsOf(ada)).toEqual({});
  expect(wrongFieldsOf({ ...ada, name: " Ada ", email: " ada@example.com " })).toEqual({});
});

test("every field that is wrong is named at once", () => {
  expect(wrongFieldsOf({ ...ada, name: "  ", email: "", password: "" })).toEqual({
    name: "missing",
    email: "missing",
    password: "passwordShort",
  });
});

test("an address without a host is no address, and seven characters are no password", () => {
  expect(wrongFieldsOf({ ...ada, email: "ada@" })).toEqual({ email: "emailWrong" });
  expect(wrongFieldsOf({ ...ada, password: "1234567" })).toEqual({ password: "passwordShort" });
});
