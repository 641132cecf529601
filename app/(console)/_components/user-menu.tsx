"use client";
import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { startTransition, useOptimistic } from "react";
import { authClient } from "../../_lib/auth-client.ts";
import { isLocale, isTheme, LOCALE_NAMES, LOCALES, THEMES, type Theme } from "../../_lib/locale.ts";
import { useMe } from "../../_lib/me.tsx";
import { useSetPreference } from "../../_lib/preferences.tsx";
import { routes } from "../../_lib/routes.ts";
import { classes } from "../../_ui/classes.ts";
import { Menu } from "../../_ui/menu.tsx";
import { NAVIGATION_WORDS, type NavigationShape } from "./navigation.tsx";

export const THEME_ICONS = { system: <Monitor />, light: <Sun />, dark: <Moon /> } as const satisfies Record<
  Theme,
  unknown
>;

export function UserMenu({ theme, shape }: { theme: Theme; shape: NavigationShape }) {
  const t = useTranslations("nav");
  const common = useTranslations("common");
  const locale = useLocale();
  const { user } = useMe();
  const { setLocale, setTheme } = useSetPreference();
  const [shownTheme, setShownTheme] = useOptimistic(theme);

  const signOut = async () => {
    await authClient.signOut();
    // A full load, so that nothing of this user stays in memory for the next one.
    window.location.assign(routes.signIn());
  };

  return (
    <Menu
      align={shape === "rail" ? "end" : "start"}
      trigger={
        <button
          type="button"
          aria-label={t("account", { name: user.name })}
          className="flex h-10 w-full items-center gap-2 rounded-md px-1 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent-text uppercase"
          >
            {initialOf(user.name)}
          </span>
          <span className={classes("min-w-0 leading-tight", NAVIGATION_WORDS[shape])}>
            <span className="block truncate text-ui font-medium">{user.name}</span>
            <span className="block truncate text-2xs text-faint">{common(`roles.${user.role}`)}</span>
          </span>
        </button>
      }
      items={[
        { type: "link", label: t("profile"), icon: <UserRound />, href: routes.settings("profile"), hint: user.email },
        { type: "separator" },
        {
          type: "choice",
          label: common("theme"),
          value: shownTheme,
          options: THEMES.map((value) => ({ value, label: common(`themes.${value}`), icon: THEME_ICONS[value] })),
          onChange: (value) => {
            if (!isTheme(value)) return;
            startTransition(() => {
              setShownTheme(value);
              setTheme(value);
            });
          },
        },
        {
          type: "choice",
          label: common("language"),
          value: locale,
          options: LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })),
          onChange: (value) => {
            if (isLocale(value)) setLocale(value);
          },
        },
        { type: "separator" },
        { label: t("signOut"), icon: <LogOut />, onSelect: () => void signOut() },
      ]}
    />
  );
}

/** By code point, so that a name in any script keeps a whole letter. */
function initialOf(name: string): string {
  return [...name.trim()][0] ?? "·";
}
