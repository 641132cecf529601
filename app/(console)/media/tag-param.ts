/** Tags in an address, with commas between them. A comma of a tag's own has a backslash in front. */
export function tagsInParam(param: string): string[] {
  return param === "" ? [] : (param.match(/(?:\\.|[^,\\])+/g) ?? []).map((tag) => tag.replace(/\\(.)/g, "$1"));
}

export function paramOfTags(tags: readonly string[]): string {
  return tags.map((tag) => tag.replace(/[\\,]/g, "\\$&")).join(",");
}
