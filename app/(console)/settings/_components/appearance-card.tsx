"use client";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, startTransition, useOptimistic } from "react";
import { LOCALE_NAMES, LOCALES, THEMES, type Theme } from "../../../_lib/locale.ts";
import { useSetPreference } from "../../../_lib/preferences.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { THEME_ICONS } from "../../_components/user-menu.tsx";

/** The same two choices as the user menu; whichever was used last counts, so both follow the server's copy. */
export function AppearanceCard({ theme }: { theme: Theme }) {
  const t = useTranslations("settings.appearance");
  const common = useTranslations("common");
  const { setLocale, setTheme } = useSetPreference();
  const [shownTheme, setShownTheme] = useOptimistic(theme);
  const [shownLocale, setShownLocale] = useOptimistic(useLocale());
  return (
    <Card title={t("title")} text={t("text")}>
      <div className="flex flex-col gap-4">
        <Preference label={common("language")}>
          <Segmented
            label={common("language")}
            value={shownLocale}
            options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value], lang: value }))}
            onChange={(locale) =>
              startTransition(() => {
                setShownLocale(locale);
                setLocale(locale);
              })
            }
          />
        </Preference>
        <Preference label={common("theme")}>
          <Segmented
            label={common("theme")}
            value={shownTheme}
            options={THEMES.map((value) => ({ value, label: common(`themes.${value}`), icon: THEME_ICONS[value] }))}
            onChange={(next) =>
              startTransition(() => {
                setShownTheme(next);
                setTheme(next);
              })
            }
          />
        </Preference>
      </div>
    </Card>
  );
}

function Preference({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <span className="text-ui font-medium">{label}</span>
      {children}
    </div>
  );
}
