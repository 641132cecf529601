"use client";
import { useLocale, useTranslations } from "next-intl";
import { startTransition, useOptimistic } from "react";
import { LOCALE_NAMES, LOCALES, THEMES, type Theme } from "../../_lib/locale.ts";
import { useSetPreference } from "../../_lib/preferences.tsx";
import { Select } from "../../_ui/select.tsx";

/** Before anyone has signed in there is no menu to choose these from. */
export function Preferences({ theme }: { theme: Theme }) {
  const t = useTranslations("common");
  const { setLocale, setTheme } = useSetPreference();
  const [shownTheme, setShownTheme] = useOptimistic(theme);
  const [shownLocale, setShownLocale] = useOptimistic(useLocale());
  return (
    <div className="flex gap-2">
      <Select
        size="sm"
        className="w-36"
        label={t("language")}
        value={shownLocale}
        onChange={(locale) =>
          startTransition(() => {
            setShownLocale(locale);
            setLocale(locale);
          })
        }
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
      />
      <Select
        size="sm"
        className="w-36"
        label={t("theme")}
        value={shownTheme}
        onChange={(next) =>
          startTransition(() => {
            setShownTheme(next);
            setTheme(next);
          })
        }
        options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
    </div>
  );
}
