import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { NAMESPACES, type Namespace } from "../_messages/namespaces.ts";
import { isLocale, isTimeZone, type Locale, negotiateLocale, PREFERENCE_COOKIES } from "./locale.ts";

/**
 * The language is a preference, not a place: no locale in the URL, so a link sent to a colleague opens in theirs.
 * The time zone comes from the browser by cookie, so that server and browser print the same times.
 */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const chosen = jar.get(PREFERENCE_COOKIES.locale)?.value;
  const timeZone = decodeURIComponent(jar.get(PREFERENCE_COOKIES.timeZone)?.value ?? "UTC");
  const locale = isLocale(chosen) ? chosen : negotiateLocale((await headers()).get("accept-language"));
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: isTimeZone(timeZone) ? timeZone : "UTC",
    now: new Date(),
  };
});

async function loadMessages(locale: Locale) {
  const entries = NAMESPACES.map(async (namespace) => [namespace, await loadNamespace(locale, namespace)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function loadNamespace(locale: Locale, namespace: Namespace) {
  const file = await import(`../_messages/${locale}/${namespace}.json`);
  return file.default;
}
