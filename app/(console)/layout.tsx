import { cookies } from "next/headers";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LiveProvider } from "../_lib/live.tsx";
import { isTheme, PREFERENCE_COOKIES } from "../_lib/locale.ts";
import { MeProvider } from "../_lib/me.tsx";
import { currentMe } from "../_lib/session.ts";
import { Sidebar } from "./_components/sidebar.tsx";
import { SignInRedirect } from "./_components/sign-in-redirect.tsx";
import { TopBar } from "./_components/top-bar.tsx";
import { UploadProvider } from "./upload/_components/upload-provider.tsx";

export const dynamic = "force-dynamic";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const me = await currentMe();
  if (me === null) return <SignInRedirect />;
  const jar = await cookies();
  const theme = jar.get(PREFERENCE_COOKIES.theme)?.value;
  const shownTheme = isTheme(theme) ? theme : "system";
  return (
    <MeProvider me={me}>
      <LiveProvider>
        <UploadProvider>
          <SkipLink />
          <div className="flex min-h-dvh flex-col md:flex-row">
            <TopBar theme={shownTheme} />
            <Sidebar
              theme={shownTheme}
              width={jar.get(PREFERENCE_COOKIES.sidebar)?.value === "folded" ? "folded" : "open"}
            />
            <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 outline-none sm:px-6 lg:px-8">
              <div className="mx-auto w-full max-w-[100rem]">{children}</div>
            </main>
          </div>
        </UploadProvider>
      </LiveProvider>
    </MeProvider>
  );
}

function SkipLink() {
  const t = useTranslations("common");
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-accent-ink focus:translate-y-0"
    >
      {t("skipToContent")}
    </a>
  );
}
