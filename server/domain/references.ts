/** A file that an operation needs beside its source, by the id of its row. */
export interface Reference {
  of: "media" | "asset";
  id: string;
}

const OF: Readonly<Record<string, Reference["of"]>> = { mediaId: "media", assetId: "asset" };

/**
 * Everything that parameters refer to, each once. A field of any depth that is called `mediaId` or `assetId` is a
 * reference, in every kind of operation and template; there is no list of such fields to keep.
 */
export function referencesOf(params: unknown): Reference[] {
  const found = new Map<string, Reference>();
  collect(params, found);
  return [...found.values()];
}

/** The first thing that parameters refer to and that is not there. */
export function missingReference(
  params: unknown,
  files: Readonly<Record<string, { of: Reference["of"] }>>,
): Reference | undefined {
  return referencesOf(params).find(({ of, id }) => files[id]?.of !== of);
}

function collect(value: unknown, found: Map<string, Reference>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const of = OF[key];
    if (of !== undefined && typeof inner === "string") found.set(`${of} ${inner}`, { of, id: inner });
    else collect(inner, found);
  }
}
