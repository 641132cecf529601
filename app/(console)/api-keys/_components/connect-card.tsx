"use client";
import { useTranslations } from "next-intl";
import { Card } from "../../../_ui/card.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { SAMPLE_LANGUAGES, sampleOf } from "../samples.ts";

/** Where the API is, and a first program for it. */
export function ConnectCard({ endpoint, keyId }: { endpoint: string; keyId: string | null }) {
  const t = useTranslations("apiKeys.connect");
  const { host, protocol } = new URL(endpoint);
  return (
    <Card title={t("title")} text={t("text")}>
      <dl className="mb-4 flex flex-col gap-2">
        <Place label={t("endpoint")} value={host} />
        <Place label={t("protocol")} value={`${protocol}//`} />
      </dl>
      <Tabs
        label={t("samples")}
        tabs={SAMPLE_LANGUAGES.map((language) => {
          const text = sampleOf(language, { origin: endpoint, keyId: keyId ?? "AKID…" });
          return { value: language, label: t(`languages.${language}`), content: <Sample text={text} /> };
        })}
      />
    </Card>
  );
}

function Place({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <dt className="w-24 shrink-0 text-xs text-faint">{label}</dt>
      <dd className="flex min-w-0 items-center gap-2">
        <code className="min-w-0 font-mono text-ui break-all">{value}</code>
        <CopyText text={value} />
      </dd>
    </div>
  );
}

function Sample({ text }: { text: string }) {
  const t = useTranslations("apiKeys.connect");
  return (
    <div className="rounded-md bg-sunken">
      <div className="flex justify-end px-1.5 pt-1.5">
        <CopyText text={text} label={t("copySample")} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md px-3 pb-3 font-mono text-xs leading-5"
      >
        {text}
      </pre>
    </div>
  );
}
