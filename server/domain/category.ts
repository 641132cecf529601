/** The tree that an application sorts its media by. */
import { z } from "zod";

export const CATEGORY_LEVELS = 4;
/** Of one parent. */
export const SUBCATEGORIES_MAX = 500;

export const categoryName = z.string().trim().min(1).max(64);

export interface Category {
  id: number;
  /** Null on the top level. */
  parentId: number | null;
  name: string;
}

/** From the top level down to it; empty for what is not there. A parent is older than its children, so this ends. */
export function pathOf(categories: ReadonlyMap<number, Category>, id: number | null): Category[] {
  const category = id === null ? undefined : categories.get(id);
  return category === undefined ? [] : [...pathOf(categories, category.parentId), category];
}

/** These and everything below them. */
export function withDescendants(categories: readonly Category[], ids: readonly number[]): number[] {
  const found = new Set(ids);
  // Parents first: a child has the larger number, as it came later and never moves.
  for (const { id, parentId } of categories.toSorted((a, b) => a.id - b.id))
    if (parentId !== null && found.has(parentId)) found.add(id);
  return [...found];
}
