"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_lib/trpc.tsx";
import type { TemplateKey } from "../template-key.ts";

/** Names of the procedures that use a template; undefined until they are known. */
export function useTemplateUses(): (key: TemplateKey) => readonly string[] | undefined {
  const uses = useQuery(useTRPC().templates.uses.queryOptions());
  return ({ family, definition }) =>
    uses.data === undefined
      ? undefined
      : (uses.data.find((use) => use.family === family && use.definition === definition)?.procedures ?? []);
}
