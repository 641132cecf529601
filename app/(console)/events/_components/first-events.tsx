"use client";
import { Inbox, Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useSyncExternalStore } from "react";
import { Button } from "../../../_ui/button.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { PUSH_SAMPLE, pullSample } from "./sample-code.ts";

/** Before the first event: the two ways to be told, and a receiver to begin with for each. */
export function FirstEvents({ onReceivers }: { onReceivers: () => void }) {
  const t = useTranslations("events.first");
  const here = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "http://127.0.0.1:3000",
  );
  const { host, protocol } = new URL(here);
  return (
    <section className="rounded-xl border border-line bg-surface px-5 py-8 shadow-raised sm:px-8">
      <div className="mx-auto max-w-5xl">
        <h2 className="text-base font-semibold">{t("title")}</h2>
        <p className="mt-1 max-w-2xl text-ui text-muted">{t("text")}</p>
        <div className="mt-6 grid gap-4 lg:grid-cols-2">
          <Way icon={<Webhook />} title={t("push.title")} text={t("push.text")} code={PUSH_SAMPLE}>
            <Button variant="primary" icon={<Webhook />} onClick={onReceivers}>
              {t("push.action")}
            </Button>
          </Way>
          <Way icon={<Inbox />} title={t("pull.title")} text={t("pull.text")} code={pullSample({ host, protocol })}>
            <Button icon={<Inbox />} onClick={onReceivers}>
              {t("pull.action")}
            </Button>
          </Way>
        </div>
      </div>
    </section>
  );
}

interface WayProps {
  icon: ReactNode;
  title: string;
  text: string;
  code: string;
  children: ReactNode;
}

function Way({ icon, title, text, code, children }: WayProps) {
  return (
    <section className="flex min-w-0 flex-col rounded-lg border border-line bg-canvas p-4">
      <span className="flex size-8 items-center justify-center rounded-md bg-accent-soft text-accent-text [&>svg]:size-4">
        {icon}
      </span>
      <h3 className="mt-3 text-sm font-semibold">{title}</h3>
      <p className="mt-1 mb-3 flex-1 text-ui text-muted">{text}</p>
      <div className="relative mb-4 min-w-0 rounded-md bg-sunken">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="h-80 overflow-auto p-3 pt-9 font-mono text-xs leading-5"
        >
          {code}
        </pre>
        <span className="absolute top-1 right-1">
          <CopyText text={code} />
        </span>
      </div>
      <div>{children}</div>
    </section>
  );
}
