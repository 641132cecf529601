/** What commands left in the scratch folder. It may be long: it is read line by line. */
export interface ScratchFiles {
  /** Those of a file that does not exist are none. */
  lines: (name: string) => AsyncIterable<string>;
}
