"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { useMe } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { focusField } from "../../../_ui/focus-field.ts";
import { Select } from "../../../_ui/select.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import type { MadeKey } from "./secret-dialog.tsx";

interface Application {
  id: number;
  name: string;
}

export interface CreateKeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  applications: readonly Application[];
  onMade: (made: MadeKey) => void;
}

export function CreateKeyDialog({ open, onOpenChange, applications, onMade }: CreateKeyDialogProps) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const formId = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={t("create")}
      description={t("createText")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t("create")}
          </Button>
        </>
      }
    >
      <KeyForm
        id={formId}
        applications={applications}
        onBusy={setBusy}
        onMade={(made) => {
          onOpenChange(false);
          onMade(made);
        }}
      />
    </Dialog>
  );
}

interface KeyFormProps {
  id: string;
  applications: readonly Application[];
  onBusy: (busy: boolean) => void;
  onMade: (made: MadeKey) => void;
}

/** Lives only while the dialog is open, so every new key starts from an empty form. */
function KeyForm({ id, applications, onBusy, onMade }: KeyFormProps) {
  const t = useTranslations("apiKeys");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const mine = useMe().application.id;
  const [name, setName] = useState("");
  const [applicationId, setApplicationId] = useState(mine);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onMutate: () => onBusy(true),
      onSettled: () => onBusy(false),
      onSuccess: async (made) => {
        onMade(made);
        await queryClient.invalidateQueries({ queryKey: trpc.apiKeys.list.queryKey() });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(name.trim() === "");
    if (name.trim() === "") return focusField(form.current, "name");
    create.mutate({ name: name.trim(), applicationId });
  };
  return (
    <form ref={form} id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t("name")} hint={t("nameHint")} error={missing ? t("nameMissing") : undefined}>
        <TextInput name="name" autoComplete="off" autoFocus maxLength={64} value={name} onChange={setName} />
      </Field>
      {applications.length > 1 && (
        <Field label={t("application")} hint={t("applicationHint")}>
          <Select
            value={applicationId}
            onChange={setApplicationId}
            options={applications.map((one) => ({
              value: one.id,
              label: t("applicationNamed", { name: one.name, id: String(one.id) }),
            }))}
          />
        </Field>
      )}
      <Banner tone="danger">{create.isError ? messageOf(create.error).text : null}</Banner>
    </form>
  );
}
