"use client";
import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { type Locale, PREFERENCE_COOKIES, type Theme } from "./locale.ts";

const YEAR_SECONDS = 31_536_000;

function remember(name: keyof typeof PREFERENCE_COOKIES, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR and on plain http.
  document.cookie = `${PREFERENCE_COOKIES[name]}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

export type SidebarWidth = "open" | "folded";

export function rememberSidebar(width: SidebarWidth): void {
  remember("sidebar", width);
}

/** Changing the language renders the page anew on the server; changing the theme is one attribute. */
export function useSetPreference() {
  const router = useRouter();
  return {
    setLocale: (locale: Locale) => {
      remember("locale", locale);
      router.refresh();
    },
    setTheme: (theme: Theme) => {
      remember("theme", theme);
      document.documentElement.dataset.theme = theme;
      // The server's copy of the choice, which menus show, comes with the next render.
      router.refresh();
    },
  };
}

/** Tells the server the browser's time zone, once; the first visit is printed in UTC until it knows. */
export function TimeZoneSync() {
  const router = useRouter();
  const known = useTimeZone();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (timeZone === known) return;
    remember("timeZone", timeZone);
    router.refresh();
  }, [known, router]);
  return null;
}
