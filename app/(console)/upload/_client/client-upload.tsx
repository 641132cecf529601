"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { KeyRound, Lock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatPercent } from "../../../_lib/format.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { Field } from "../../../_ui/field.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { Select } from "../../../_ui/select.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { Switch } from "../../../_ui/switch.tsx";
import { ProcedureSelect } from "../_components/procedure-select.tsx";
import { sendFile } from "./send-file.ts";

/** An upload by a signature, from both sides: what the application's server does, and what its user's browser does. */
export function ClientUpload() {
  const t = useTranslations("upload");
  const common = useTranslations("common");
  const mayUpload = useMay("operator");
  const [signature, setSignature] = useState("");
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.upload()}>{t("title")}</BackLink>}
        title={t("client.title")}
        text={t("client.text")}
      />
      {mayUpload ? (
        <div className="flex max-w-3xl flex-col gap-4">
          <Sign signature={signature} onSigned={setSignature} />
          <Send signature={signature} />
        </div>
      ) : (
        <EmptyState icon={<Lock />} title={common("lockedForRole")} />
      )}
    </>
  );
}

const HOUR = 3600;
const LIFETIMES = [
  { seconds: 600, unit: "minutes", count: 10 },
  { seconds: HOUR, unit: "hours", count: 1 },
  { seconds: 24 * HOUR, unit: "days", count: 1 },
  { seconds: 30 * 24 * HOUR, unit: "days", count: 30 },
] as const;

function Sign({ signature, onSigned }: { signature: string; onSigned: (signature: string) => void }) {
  const t = useTranslations("upload.client");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const keys = useQuery(trpc.apiKeys.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const [procedure, setProcedure] = useState<string | null>(null);
  const [oneTime, setOneTime] = useState(true);
  const [lifetimeSeconds, setLifetime] = useState<number>(HOUR);
  const sign = useMutation(trpc.uploads.sign.mutationOptions({ onSuccess: (signed) => onSigned(signed.signature) }));
  if (keys.isPending) return <SkeletonRows count={2} />;
  const usable = (keys.data?.keys ?? []).filter(({ enabled }) => enabled);
  const keyId = chosen ?? usable[0]?.id ?? null;
  if (keyId === null) {
    return (
      <EmptyState
        icon={<KeyRound />}
        title={t("noKeys")}
        actions={<ButtonLink href={routes.apiKeys()}>{t("key")}</ButtonLink>}
      />
    );
  }
  const failed = sign.isError ? messageOf(sign.error) : null;
  return (
    <Card title={t("sign")} text={t("signText")}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("key")}>
          <Select
            value={keyId}
            onChange={setChosen}
            options={usable.map(({ id, name }) => ({ value: id, label: name, hint: id }))}
          />
        </Field>
        <Field label={t("procedure")}>
          <ProcedureSelect value={procedure} onChange={setProcedure} label={t("procedure")} />
        </Field>
        <Field label={t("lifetime")}>
          <Select
            value={lifetimeSeconds}
            onChange={setLifetime}
            options={LIFETIMES.map(({ seconds, unit, count }) => ({ value: seconds, label: t(unit, { count }) }))}
          />
        </Field>
        <Field label={t("oneTime")}>
          <Switch checked={oneTime} onChange={setOneTime} label={t("oneTime")} />
        </Field>
      </div>
      <div className="mt-4 flex flex-col gap-3">
        <Button
          className="self-start"
          busy={sign.isPending}
          onClick={() => sign.mutate({ keyId, procedure: procedure ?? "", oneTime, lifetimeSeconds })}
        >
          {t("make")}
        </Button>
        <Banner tone="danger">{failed === null ? null : [failed.text, failed.detail].filter(Boolean).join(" ")}</Banner>
        {signature !== "" && (
          <div className="flex items-start gap-2 rounded-lg border border-line bg-sunken/50 p-3">
            <code className="min-w-0 flex-1 font-mono text-xs break-all" data-signature>
              {signature}
            </code>
            <CopyText text={signature} />
          </div>
        )}
      </div>
    </Card>
  );
}

type Step =
  | { at: "ready" }
  | { at: "sending"; percent: number }
  | { at: "checking" }
  | { at: "done"; fileId: string }
  | { at: "failed"; why: string };

function Send({ signature }: { signature: string }) {
  const t = useTranslations("upload.client");
  const locale = useLocale();
  const [file, setFile] = useState<File | null>(null);
  const [step, setStep] = useState<Step>({ at: "ready" });
  const busy = step.at === "sending" || step.at === "checking";

  async function send(chosen: File): Promise<void> {
    setStep({ at: "sending", percent: 0 });
    try {
      const onProgress = (percent: number | null) =>
        setStep(percent === null ? { at: "checking" } : { at: "sending", percent });
      setStep({ at: "done", fileId: await sendFile(signature, chosen, { onProgress }) });
    } catch (error) {
      setStep({
        at: "failed",
        why: error instanceof Error && !(error instanceof TypeError) ? error.message : t("broken"),
      });
    }
  }
  return (
    <Card title={t("send")} text={t("sendText")}>
      <div className="flex flex-col gap-3">
        <label className="flex flex-col gap-1.5 text-ui font-medium">
          {t("file")}
          <input
            type="file"
            accept="video/*,audio/*,image/*"
            disabled={busy}
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null);
              setStep({ at: "ready" });
            }}
            className="font-normal"
          />
        </label>
        {signature === "" && <p className="text-xs text-muted">{t("needSignature")}</p>}
        <Button
          variant="primary"
          className="self-start"
          busy={busy}
          disabled={file === null || signature === ""}
          onClick={() => {
            if (file !== null) void send(file);
          }}
        >
          {t("upload")}
        </Button>
        <div role="status" className="flex flex-col gap-2 text-ui">
          {step.at === "sending" && (
            <>
              {t("sending", { percent: formatPercent(locale, step.percent) })}
              <ProgressBar percent={step.percent} label={t("upload")} />
            </>
          )}
          {step.at === "checking" && t("checking")}
          {step.at === "done" && (
            <p className="flex flex-wrap items-center gap-3">
              {t("done", { id: step.fileId })}
              <ButtonLink size="sm" href={routes.media(step.fileId)}>
                {t("view")}
              </ButtonLink>
            </p>
          )}
        </div>
        <Banner tone="danger">{step.at === "failed" ? step.why : null}</Banner>
      </div>
    </Card>
  );
}
