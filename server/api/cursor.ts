import { z } from "zod";
import type { Listed, Position } from "../db/page.ts";
import type { Page } from "./rows.ts";

/** A cursor is opaque to whoever holds it; one that was made up is refused like any other wrong input. */
export const cursor = z
  .string()
  .max(500)
  .transform((text, context): Position => {
    const parsed = position.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: "cursor" });
    return z.NEVER;
  });

const position = z.tuple([z.iso.datetime(), z.string()]).transform(([at, id]) => ({ createdAt: new Date(at), id }));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** How a page ends: where the next begins (null for nowhere), and how many rows there are in all. */
export function endOf({ rows, hasMore, total }: Listed): Pick<Page<never>, "nextCursor" | "total"> {
  const last = rows.at(-1);
  return {
    nextCursor:
      !hasMore || last === undefined
        ? null
        : Buffer.from(JSON.stringify([last.createdAt.toISOString(), last.id])).toString("base64url"),
    total,
  };
}
