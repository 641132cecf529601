/** The languages of the console, each named in itself. */
export const LOCALES = ["en", "zh-CN", "ko"] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", "zh-CN": "简体中文", ko: "한국어" };

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** What the browser tells the server about its user's tastes. No secret, so scripts may write them. */
export const PREFERENCE_COOKIES = {
  locale: "locale",
  theme: "theme",
  timeZone: "timeZone",
  sidebar: "sidebar",
} as const;

export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

export function isTheme(value: string | undefined): value is Theme {
  return THEMES.some((theme) => theme === value);
}

/** The first language of an `Accept-Language` header that we speak, by its weights; English when there is none. */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...settings] = part.trim().toLowerCase().split(";");
      const weight = settings.map((setting) => /^\s*q=([\d.]+)$/.exec(setting)?.[1]).find((q) => q !== undefined);
      return { language: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const locale = LOCALES.find((ours) => ours.split("-")[0] === language);
    if (locale !== undefined) return locale;
  }
  return "en";
}

/** A zone name the runtime knows; a cookie may hold anything. */
export function isTimeZone(value: string | undefined): value is string {
  if (value === undefined) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
