"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { NOTIFICATION_KINDS, type NotificationKind } from "#domain/notification.ts";
import type { EndpointRow } from "#server/api/rows.ts";
import { failureOf } from "../../../_lib/failure.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { focusField } from "../../../_ui/focus-field.ts";
import { MultiSelect } from "../../../_ui/multi-select.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { Switch } from "../../../_ui/switch.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";

interface EndpointDialogProps {
  /** Null for a new one. */
  endpoint: EndpointRow | null;
  onClose: () => void;
  onCreated: (secret: string) => void;
}

const SIGN_KEY = /^[0-9A-Za-z]{0,32}$/;
/** A test is asked for, not subscribed to. */
const CHOOSABLE = NOTIFICATION_KINDS.filter((kind) => kind !== "endpoint.tested");

export function EndpointDialog({ endpoint, onClose, onCreated }: EndpointDialogProps) {
  const t = useTranslations("events.endpoints");
  const kinds = useTranslations("events.kinds");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const messageOf = useFailureMessage();
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(endpoint?.name ?? "");
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [chosen, setChosen] = useState<NotificationKind[]>(endpoint?.kinds ?? []);
  const [enabled, setEnabled] = useState(endpoint?.enabled ?? true);
  /** Null: the key there is stays. */
  const [signKey, setSignKey] = useState<string | null>(endpoint === null ? "" : null);
  const [checked, setChecked] = useState(false);

  const saved = () => queries.invalidateQueries(trpc.events.endpoints.pathFilter());
  const create = useMutation(
    trpc.events.createEndpoint.mutationOptions({
      onSuccess: async ({ secret }) => {
        onCreated(secret);
        await saved();
      },
    }),
  );
  const update = useMutation(
    trpc.events.updateEndpoint.mutationOptions({
      onSuccess: async () => {
        onClose();
        notify.success(common("saved"));
        await saved();
      },
    }),
  );
  const error = create.error ?? update.error;
  const failure = failureOf(error);
  const urlRefused = failure?.code === "OUTBOUND_URL_INVALID" || failure?.code === "OUTBOUND_REFUSED";
  const wrong = {
    name: name.trim() === "" ? common("required") : undefined,
    url: url.trim() === "" ? common("required") : URL.canParse(url.trim()) ? undefined : t("urlWrong"),
    signKey: signKey !== null && !SIGN_KEY.test(signKey) ? t("signKeyWrong") : undefined,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const [first] = Object.entries(wrong).filter(([, message]) => message !== undefined);
    if (first !== undefined) return focusField(form.current, first[0]);
    const input = {
      ...{ name: name.trim(), url: url.trim(), kinds: chosen, enabled },
      ...(signKey === null ? {} : { signKey }),
    };
    if (endpoint === null) create.mutate(input);
    else update.mutate({ id: endpoint.id, ...input });
  };
  const errorOf = (field: keyof typeof wrong) => (checked ? wrong[field] : undefined);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(endpoint === null ? "add" : "edit")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending || update.isPending}>
            {endpoint === null ? t("add") : common("save")}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={common("name")} error={errorOf("name")}>
          <TextInput name="name" autoFocus autoComplete="off" maxLength={64} value={name} onChange={setName} />
        </Field>
        <Field
          label={t("url")}
          hint={t("urlHint")}
          error={errorOf("url") ?? (urlRefused && error !== null ? messageOf(error).text : undefined)}
        >
          <TextInput
            name="url"
            type="url"
            inputMode="url"
            autoComplete="off"
            maxLength={2000}
            placeholder="https://example.com/hooks/video"
            value={url}
            onChange={setUrl}
          />
        </Field>
        {endpoint?.ofApi ? (
          <p className="text-ui text-muted">{t("kindsOfApi")}</p>
        ) : (
          <Field label={t("kinds")} hint={t("kindsHint")}>
            <div>
              <MultiSelect
                label={chosen.length === 0 ? t("allKinds") : t("someKinds", { count: chosen.length })}
                values={chosen}
                onChange={setChosen}
                options={CHOOSABLE.map((value) => ({ value, label: kinds(value.replace(".", "_")) }))}
              />
            </div>
          </Field>
        )}
        <Field label={t("signKey")} note={common("optional")} hint={t("signKeyHint")} error={errorOf("signKey")}>
          {signKey === null ? (
            <div className="flex items-center gap-2 text-ui text-muted">
              <span>{t(endpoint?.hasSignKey ? "signKeySet" : "signKeyNone")}</span>
              <Button size="sm" onClick={() => setSignKey("")}>
                {t("signKeyChange")}
              </Button>
            </div>
          ) : (
            <TextInput
              name="signKey"
              autoComplete="off"
              spellCheck={false}
              maxLength={32}
              value={signKey}
              onChange={setSignKey}
            />
          )}
        </Field>
        <Field label={t("enabled")} hint={t("enabledHint")} layout="inline">
          <Switch checked={enabled} onChange={setEnabled} />
        </Field>
        <Banner tone="danger">{error !== null && !urlRefused ? messageOf(error).text : null}</Banner>
      </form>
    </Dialog>
  );
}
