import { useQuery } from "@tanstack/react-query";
import { type Category, pathOf } from "#domain/category.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";

export interface PlacedCategory extends Category {
  /** From the top level down, itself last. */
  path: readonly string[];
}

/** Every category below its parent, siblings by name. Empty until they are known. */
export function useCategories(): readonly PlacedCategory[] {
  const { data = [] } = useQuery(useTRPC().categories.list.queryOptions());
  const byId = new Map(data.map((one) => [one.id, one]));
  const below = (parentId: number | null): PlacedCategory[] =>
    data
      .filter((one) => one.parentId === parentId)
      .flatMap((one) => [{ ...one, path: pathOf(byId, one.id).map(({ name }) => name) }, ...below(one.id)]);
  return below(null);
}

export function categoryLabel(path: readonly string[]): string {
  return path.join(" / ");
}
