/** The input of a form while it is being made: any shape, valid or not. The schema says what is wrong with it. */
export type Draft = Readonly<Record<string, unknown>>;
/** Names of fields and places in lists, from the outside in. */
export type Path = readonly (string | number)[];

export function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function valueAt(value: unknown, path: Path): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(first)], rest);
  return isDraft(value) ? valueAt(value[first], rest) : undefined;
}

/** A copy with another value at one place. `undefined` takes the field out, so that the schema's default counts again. */
export function withValueAt(draft: Draft, path: Path, value: unknown): Draft {
  const changed = changedAt(draft, path, value);
  return isDraft(changed) ? changed : draft;
}

function changedAt(current: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(current)) {
    return current.map((item, index) => (index === Number(first) ? changedAt(item, rest, value) : item));
  }
  const object = isDraft(current) ? current : {};
  const next = changedAt(object[first], rest, value);
  if (next !== undefined) return { ...object, [first]: next };
  const { [first]: _, ...others } = object;
  return others;
}

/** As `fieldErrorsOf` names places. */
export function nameOfPath(path: Path): string {
  return path.join(".");
}
