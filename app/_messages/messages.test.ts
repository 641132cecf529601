import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LOCALES } from "../_lib/locale.ts";
import { NAMESPACES } from "./namespaces.ts";

type Tree = { [key: string]: string | Tree };

function read(locale: string, namespace: string): Map<string, string> {
  const text = readFileSync(new URL(`${locale}/${namespace}.json`, import.meta.url), "utf8");
  return new Map(leavesOf(JSON.parse(text), ""));
}

function leavesOf(tree: Tree, path: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${path}${key}`, value]] : leavesOf(value, `${path}${key}.`),
  );
}

/** Names of the ICU arguments and rich-text tags of a message: what the code must pass in. */
function argumentsOf(message: string): string[] {
  const names = [...message.matchAll(/\{\s*(\w+)\s*[,}]/g), ...message.matchAll(/<(\w+)>/g)];
  return [...new Set(names.map(([, name = ""]) => name))].sort();
}

test.each(LOCALES)("%s has one file for each namespace and no other", (locale) => {
  const files = readdirSync(new URL(locale, import.meta.url));
  expect(files.sort()).toEqual(NAMESPACES.map((namespace) => `${namespace}.json`).sort());
});

describe.each(NAMESPACES)("%s", (namespace) => {
  const english = read("en", namespace);
  test.each(LOCALES)("says the same things in %s as in English", (locale) => {
    const messages = read(locale, namespace);
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, message] of messages) {
      expect(message.trim(), key).not.toBe("");
      expect({ key, takes: argumentsOf(message) }).toEqual({ key, takes: argumentsOf(english.get(key) ?? "") });
    }
  });
});
