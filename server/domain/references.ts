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
  for (const { of, id } of referencePlacesOf(params)) found.set(`${of} ${id}`, { of, id });
  return [...found.values()];
}

/** The first thing that parameters refer to and that is not there. */
export function missingReference(
  params: unknown,
  files: Readonly<Record<string, { of: Reference["of"] }>>,
): Reference | undefined {
  return referencesOf(params).find(({ of, id }) => files[id]?.of !== of);
}

/** Every place at which parameters refer to something. */
export function referencePlacesOf(value: unknown, parents: readonly string[] = []): (Reference & { path: string })[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const of = OF[key];
    const path = [...parents, key];
    if (of !== undefined && typeof inner === "string") return [{ of, id: inner, path: path.join(".") }];
    return referencePlacesOf(inner, path);
  });
}
