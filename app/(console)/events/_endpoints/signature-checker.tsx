"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleMinus, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { SignatureVerdict } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextArea, TextInput } from "../../../_ui/text-input.tsx";

const ENTERED = "entered";

/** For whoever writes a receiver: is what came in from here, and if not, why not. Checked on the server, nothing is kept. */
export function SignatureChecker() {
  const t = useTranslations("events.checker");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const may = useMay("operator");
  const messageOf = useFailureMessage();
  const endpoints = useQuery(trpc.events.endpoints.queryOptions());
  const [body, setBody] = useState("");
  const [headers, setHeaders] = useState({ id: "", timestamp: "", signature: "" });
  const [endpointId, setEndpointId] = useState(ENTERED);
  const [secret, setSecret] = useState("");
  const [signKey, setSignKey] = useState("");
  const check = useMutation(trpc.events.checkSignature.mutationOptions());
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (body === "") return;
    const by =
      endpointId === ENTERED
        ? { by: "entered" as const, secret: secret.trim(), signKey: signKey.trim() }
        : { by: "endpoint" as const, endpointId };
    check.mutate({ body, headers, with: by });
  };
  const set = (name: keyof typeof headers) => (value: string) => {
    check.reset();
    // Pasted as a line of a request, the name is no part of the value.
    setHeaders({ ...headers, [name]: value.replace(/^\s*webhook-[a-z]+\s*:\s*/i, "") });
  };
  if (!may) return <p className="text-ui text-muted">{common("lockedForRole")}</p>;
  return (
    <div className="grid max-w-5xl gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card title={t("title")} text={t("text")}>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <Field label={t("body")} hint={t("bodyHint")} error={tried && body === "" ? common("required") : undefined}>
            <TextArea
              rows={8}
              spellCheck={false}
              value={body}
              onChange={(value) => {
                check.reset();
                setBody(value);
              }}
              className="font-mono text-xs!"
            />
          </Field>
          {(["id", "timestamp", "signature"] as const).map((name) => (
            <Field key={name} label={<code className="font-mono">{`webhook-${name}`}</code>} note={common("optional")}>
              <TextInput autoComplete="off" spellCheck={false} value={headers[name]} onChange={set(name)} />
            </Field>
          ))}
          <Field label={t("with")}>
            <Select
              value={endpointId}
              onChange={(next) => {
                check.reset();
                setEndpointId(next);
              }}
              options={[
                { value: ENTERED, label: t("entered") },
                ...(endpoints.data ?? []).map(({ id, name, url }) => ({ value: id, label: name, hint: url })),
              ]}
            />
          </Field>
          {endpointId === ENTERED && (
            <>
              <Field label={t("secret")} hint={t("notKept")}>
                <TextInput
                  autoComplete="off"
                  spellCheck={false}
                  placeholder="whsec_…"
                  value={secret}
                  onChange={setSecret}
                />
              </Field>
              <Field label={t("signKey")} note={common("optional")}>
                <TextInput autoComplete="off" spellCheck={false} maxLength={32} value={signKey} onChange={setSignKey} />
              </Field>
            </>
          )}
          <Banner tone="danger">{check.error === null ? null : messageOf(check.error).text}</Banner>
          <div>
            <Button type="submit" variant="primary" busy={check.isPending}>
              {t("check")}
            </Button>
          </div>
        </form>
      </Card>
      <Card title={t("result")} className="self-start">
        <div aria-live="polite" className="flex flex-col gap-4">
          {check.data === undefined ? (
            <p className="text-ui text-muted">{t("noResult")}</p>
          ) : (
            <>
              <Verdict label="webhook-signature" verdict={check.data.headers} />
              <Verdict label="Sign" verdict={check.data.sign} />
            </>
          )}
        </div>
      </Card>
    </div>
  );
}

function Verdict({ label, verdict }: { label: string; verdict: SignatureVerdict }) {
  const t = useTranslations("events.checker.verdicts");
  const Icon = verdict === "valid" ? CircleCheck : verdict === "absent" ? CircleMinus : CircleX;
  const tone = verdict === "valid" ? "text-success-text" : verdict === "absent" ? "text-muted" : "text-danger-text";
  return (
    <div className="flex items-start gap-2.5">
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
      <div className="min-w-0">
        <p className="font-mono text-xs text-muted">{label}</p>
        <p className="text-ui">{t(verdict)}</p>
      </div>
    </div>
  );
}
