import { z } from "zod";

const position = z.tuple([z.iso.datetime(), z.string().max(64)]);

/** Where a stretch of tasks begins, as text; the empty text is the beginning, and the end. */
export const scrollToken = z
  .string()
  .max(500)
  .transform((text, context) => {
    if (text === "") return null;
    const parsed = position.safeParse(jsonOf(text));
    if (parsed.success) return { at: new Date(parsed.data[0]), id: parsed.data[1] };
    context.addIssue({ code: "custom", message: "no token of an earlier answer." });
    return z.NEVER;
  });

export function scrollTokenOf(next: { at: Date; id: string } | null): string {
  const content: z.input<typeof position> | null = next && [next.at.toISOString(), next.id];
  return content === null ? "" : Buffer.from(JSON.stringify(content)).toString("base64url");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
