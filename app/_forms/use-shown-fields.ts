import { useQuery } from "@tanstack/react-query";
import type { FormField } from "#domain/form.ts";
import { useTRPC } from "../_lib/trpc.tsx";
import { type Path, valueAt } from "./draft.ts";
import { useForm } from "./form-context.ts";

/** Without those that the chosen template has no use for. What holds a value stays in sight, so that it can be taken out. */
export function useShownFields(fields: readonly FormField[], prefix: Path): readonly FormField[] {
  const form = useForm();
  const naming = fields.find((field) => field.kind === "template");
  const templates = useQuery({
    ...useTRPC().templates.list.queryOptions({ kinds: naming === undefined ? [] : [naming.template] }),
    enabled: naming !== undefined,
  });
  if (naming === undefined) return fields;
  const definition = form.valueAt([...prefix, ...naming.path]);
  const template = templates.data?.find((one) => one.definition === definition);
  // One that was deleted, or is of somebody else, may have a use for anything.
  const unknown = template === undefined && templates.isSuccess && typeof definition === "number";
  return fields.filter(
    ({ forTemplate, path }) =>
      forTemplate === null ||
      unknown ||
      (form.valueAt([...prefix, ...path]) ?? null) !== null ||
      valueAt(template?.params, forTemplate.at) === forTemplate.is,
  );
}
