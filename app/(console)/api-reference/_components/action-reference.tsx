"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReferenceAction, ReferenceParameter } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Table, TableFrame, Td, Th, Tr } from "../../../_ui/table.tsx";
import { SAMPLE_LANGUAGES, type SampleLanguage } from "../../api-keys/samples.ts";
import { callSampleOf } from "../call-sample.ts";
import { useActionSummary } from "./use-action-summary.ts";

/** One action: what it does, what it takes, and a program that asks for it. */
export function ActionReference({ action }: { action: ReferenceAction }) {
  const t = useTranslations("reference");
  const summaryOf = useActionSummary();
  return (
    <>
      <Sample action={action} />
      <Card
        title={<span className="font-mono">{action.name}</span>}
        text={summaryOf(action)}
        actions={<Badge>{`${action.product} ${action.version}`}</Badge>}
        padding="flush"
      >
        {action.parameters.length === 0 ? (
          <p className="px-4 py-5 text-ui text-muted">{t("noParameters")}</p>
        ) : (
          <TableFrame className="rounded-none border-0 shadow-none">
            <Table>
              <caption className="sr-only">{t("parameters")}</caption>
              <thead>
                <tr>
                  <Th>{t("parameter")}</Th>
                  <Th>{t("type")}</Th>
                  <Th>{t("allowed")}</Th>
                </tr>
              </thead>
              <tbody>
                {action.parameters.map((parameter, index) => (
                  <ParameterRow key={`${index} ${parameter.path}`} parameter={parameter} />
                ))}
              </tbody>
            </Table>
          </TableFrame>
        )}
      </Card>
    </>
  );
}

function ParameterRow({ parameter }: { parameter: ReferenceParameter }) {
  const t = useTranslations("reference");
  const { path, type, required } = parameter;
  return (
    <Tr>
      <Td className="align-top">
        <code className="font-mono text-xs break-all">{path}</code>
        {required && <Badge tone="warning">{t("required")}</Badge>}
      </Td>
      <Td className="align-top font-mono text-xs text-muted">{type === "" ? t("any") : type}</Td>
      <Td className="align-top text-xs text-muted">{useAllowed(parameter)}</Td>
    </Tr>
  );
}

/** Its limits in words. */
function useAllowed({ type, minimum, maximum, choices, default: usual }: ReferenceParameter): string {
  const t = useTranslations("reference.limits");
  const of = type === "string" ? "characters" : type.endsWith("[]") ? "items" : "numbers";
  const range =
    minimum !== null && maximum !== null
      ? t(`${of}.between`, { minimum, maximum })
      : maximum !== null
        ? t(`${of}.atMost`, { maximum })
        : minimum !== null
          ? t(`${of}.atLeast`, { minimum })
          : "";
  const one = choices.length > 0 ? t("oneOf", { choices: choices.join(", ") }) : "";
  return [one, range, usual === null ? "" : t("usual", { value: usual })].filter(Boolean).join(" ");
}

const LANGUAGE_NAMES: Record<SampleLanguage, string> = { node: "Node.js", python: "Python", go: "Go" };

function Sample({ action: { product, version, name, example } }: { action: ReferenceAction }) {
  const t = useTranslations("reference");
  const [language, setLanguage] = useState<SampleLanguage>("node");
  const mayKeys = useMay("operator");
  const keys = useQuery({ ...useTRPC().apiKeys.list.queryOptions(), enabled: mayKeys });
  const usable = keys.data?.keys.find(({ enabled }) => enabled);
  const origin = keys.data?.endpoint ?? (typeof window === "undefined" ? "http://localhost" : window.location.origin);
  const connection = { origin, keyId: usable?.id ?? "AKID…" };
  const text = callSampleOf(language, { product, version, name, request: example }, connection);
  return (
    <Card title={t("sample")} text={t("sampleText")} actions={<CopyText text={text} />}>
      <div className="flex min-w-0 flex-col gap-3">
        <Segmented
          label={t("language")}
          value={language}
          onChange={setLanguage}
          options={SAMPLE_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        />
        <pre className="overflow-x-auto rounded-lg border border-line bg-sunken/50 p-3 font-mono text-xs leading-5">
          {text}
        </pre>
      </div>
    </Card>
  );
}
