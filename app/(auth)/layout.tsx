import { cookies } from "next/headers";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isTheme, PREFERENCE_COOKIES } from "../_lib/locale.ts";
import { BrandMark } from "../_ui/brand-mark.tsx";
import { Preferences } from "./_components/preferences.tsx";

export const dynamic = "force-dynamic";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(PREFERENCE_COOKIES.theme)?.value;
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10">
      <main className="flex w-full max-w-sm flex-1 flex-col justify-center pb-[8vh]">
        <Brand />
        <div className="rounded-xl border border-line bg-surface p-6 shadow-popup sm:p-7">{children}</div>
      </main>
      <Preferences theme={isTheme(theme) ? theme : "system"} />
    </div>
  );
}

function Brand() {
  const t = useTranslations("common");
  return (
    <div className="mb-6 flex flex-col items-center text-center">
      <BrandMark className="size-10" />
      <p className="mt-3 text-lg font-semibold tracking-tight">{t("product")}</p>
      <p className="text-ui text-muted">{t("tagline")}</p>
    </div>
  );
}
