/** Words of ours, and those of the wire for them, one for one. */
export interface Words<Ours extends string, Wire extends string> {
  /** As an enumeration's schema takes them. */
  wire: readonly Wire[];
  toWire: (word: Ours) => Wire;
  toOurs: (word: Wire) => Ours;
}

export function wordsOf<const Table extends Record<string, string>>(
  table: Table,
): Words<Extract<keyof Table, string>, Table[keyof Table]> {
  const ours = Object.keys(table) as Extract<keyof Table, string>[];
  return {
    wire: ours.map((word) => table[word]),
    toWire: (word) => table[word],
    toOurs: (wire) => {
      const found = ours.find((word) => table[word] === wire);
      if (found === undefined) throw new Error(`No word of ours for ${wire}`);
      return found;
    },
  };
}
