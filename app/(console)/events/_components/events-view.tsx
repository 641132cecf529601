"use client";
import { useTranslations } from "next-intl";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { EndpointList } from "../_endpoints/endpoint-list.tsx";
import { SignatureChecker } from "../_endpoints/signature-checker.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { EventList } from "./event-list.tsx";

const TABS = ["events", "receivers", "signature"] as const;

export function EventsView() {
  const t = useTranslations("events");
  const [named, name] = useUrlParam("tab");
  const tab = TABS.find((each) => each === named) ?? "events";
  return (
    <>
      <PageHeader title={t("title")} text={t("text")} />
      <Tabs
        label={t("title")}
        value={tab}
        onChange={(next) => name(next === "events" ? "" : next)}
        tabs={[
          { value: "events", label: t("tabs.events"), content: <EventList onReceivers={() => name("receivers")} /> },
          { value: "receivers", label: t("tabs.receivers"), content: <EndpointList /> },
          { value: "signature", label: t("tabs.signature"), content: <SignatureChecker /> },
        ]}
      />
      <EventDrawer />
    </>
  );
}
