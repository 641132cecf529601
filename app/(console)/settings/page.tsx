import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { isTheme, PREFERENCE_COOKIES } from "../../_lib/locale.ts";
import { Settings } from "./_components/settings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function SettingsPage() {
  const theme = (await cookies()).get(PREFERENCE_COOKIES.theme)?.value;
  return <Settings theme={isTheme(theme) ? theme : "system"} />;
}
