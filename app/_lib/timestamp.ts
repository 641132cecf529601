/** `1:02:03.25`, `1:02.5`, `62.5`: a place on a time line as people write it. Null when it is none. */
export function parseTimestamp(text: string): number | null {
  const match = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (match === null) return null;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  const value = 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds.replace(",", "."));
  // 1:75 is a slip of the hand, and not 2:15.
  const sixties = [match[1] === undefined ? "0" : minutes, match[2] === undefined ? "0" : seconds];
  return sixties.some((part) => Number(part.replace(",", ".")) >= 60) ? null : value;
}
