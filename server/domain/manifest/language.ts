/** Media name languages in three letters, often in the older of two spellings; manifests want the shortest tag of BCP 47. */
export function languageTagOf(code: string | null): string | null {
  if (code === null) return null;
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null;
  } catch {
    // Whatever stood there is the name of no language.
    return null;
  }
}

/** What a player's menu says of each track: its language in that language's own words, and a number where these repeat. */
export function trackLabelsOf(languages: readonly (string | null)[], unknown: string): string[] {
  const seen = new Map<string, number>();
  return languages.map((language) => {
    const name = language === null ? unknown : nameOf(language);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

function nameOf(language: string): string {
  return new Intl.DisplayNames([language, "en"], { type: "language" }).of(language) ?? language;
}
