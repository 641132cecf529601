"use client";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Theme } from "../../../_lib/locale.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { AccountCard } from "./account-card.tsx";
import { AppearanceCard } from "./appearance-card.tsx";
import { DefaultsCard } from "./defaults-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { UsersCard } from "./users-card.tsx";
import { WorkersCard } from "./workers-card.tsx";

type Section = "profile" | "users" | "system";

export function Settings({ theme }: { theme: Theme }) {
  const t = useTranslations("settings");
  const asked = useSearchParams().get("section");
  const isAdmin = useMay("admin");
  const sections: readonly Section[] = isAdmin ? ["profile", "users", "system"] : ["profile", "system"];
  const contents: Record<Section, ReactNode> = {
    profile: (
      <>
        <AccountCard />
        <PasswordCard />
        <AppearanceCard theme={theme} />
      </>
    ),
    users: <UsersCard />,
    system: (
      <>
        <WorkersCard />
        {isAdmin && <DefaultsCard />}
      </>
    ),
  };
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} />
      <Tabs
        label={t("title")}
        // A section that is not there, or not for this user, is the first one.
        value={sections.find((section) => section === asked) ?? "profile"}
        // Every section is on the page already: the address changes, the server is not asked.
        onChange={(section) => window.history.pushState(null, "", routes.settings(section))}
        tabs={sections.map((section) => ({
          value: section,
          label: t(`sections.${section}`),
          content: <div className="flex flex-col gap-4">{contents[section]}</div>,
        }))}
      />
    </div>
  );
}
