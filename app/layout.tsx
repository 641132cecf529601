import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { isTheme, PREFERENCE_COOKIES } from "./_lib/locale.ts";
import { TimeZoneSync } from "./_lib/preferences.tsx";
import { ApiProvider } from "./_lib/trpc.tsx";
import { Notifications } from "./_ui/notify.tsx";
import { TooltipProvider } from "./_ui/tooltip.tsx";
import "./globals.css";

/** Latin letters and digits look the same on every machine; Chinese and Korean come from the system's own fonts. */
const inter = localFont({
  src: "./_ui/fonts/inter-latin.woff2",
  weight: "100 900",
  variable: "--font-inter",
  display: "swap",
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: { default: t("product"), template: `%s · ${t("product")}` }, description: t("tagline") };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0e0e11" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(PREFERENCE_COOKIES.theme)?.value;
  return (
    <html lang={await getLocale()} className={inter.variable} data-theme={isTheme(theme) ? theme : "system"}>
      <body>
        <NextIntlClientProvider>
          <ApiProvider>
            <TooltipProvider delay={400}>
              <div className="app-root">{children}</div>
              <Notifications />
              <TimeZoneSync />
            </TooltipProvider>
          </ApiProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
