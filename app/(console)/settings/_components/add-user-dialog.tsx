"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { failureOf } from "../../../_lib/failure.ts";
import { EMPTY_USER, type NewUserDraft, PASSWORD_LENGTH, wrongFieldsOf } from "../../../_lib/new-user.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { focusField } from "../../../_ui/focus-field.ts";
import { notify } from "../../../_ui/notify.tsx";
import { PasswordInput } from "../../../_ui/password-input.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { useRoleOptions } from "./role-select.tsx";

export interface AddUserDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddUserDialog({ open, onOpenChange }: AddUserDialogProps) {
  const t = useTranslations("settings.users");
  const common = useTranslations("common");
  const formId = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={t("add")}
      description={t("addText")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t("add")}
          </Button>
        </>
      }
    >
      <UserForm id={formId} onBusy={setBusy} onAdded={() => onOpenChange(false)} />
    </Dialog>
  );
}

interface UserFormProps {
  id: string;
  onBusy: (busy: boolean) => void;
  onAdded: () => void;
}

/** Lives only while the dialog is open, so every new user starts from an empty form. */
function UserForm({ id, onBusy, onAdded }: UserFormProps) {
  const t = useTranslations("settings.users");
  const password = useTranslations("settings.password");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const roleOptions = useRoleOptions();
  const [draft, setDraft] = useState(EMPTY_USER);
  const [wrong, setWrong] = useState<ReturnType<typeof wrongFieldsOf>>({});
  const form = useRef<HTMLFormElement>(null);
  const set = (change: Partial<NewUserDraft>) => setDraft({ ...draft, ...change });

  const create = useMutation(
    trpc.users.create.mutationOptions({
      onMutate: () => onBusy(true),
      onSettled: () => onBusy(false),
      onError: (error) => {
        if (isTaken(error)) focusField(form.current, "email");
      },
      onSuccess: async (_, { name }) => {
        onAdded();
        notify.success(t("addedToast", { name }));
        await queryClient.invalidateQueries({ queryKey: trpc.users.list.queryKey() });
      },
    }),
  );
  const refusal = create.error === null ? null : messageOf(create.error);
  const taken = isTaken(create.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = wrongFieldsOf(draft);
    setWrong(found);
    create.reset();
    const [first] = Object.keys(found);
    if (first !== undefined) return focusField(form.current, first);
    create.mutate({ ...draft, name: draft.name.trim(), email: draft.email.trim() });
  };
  const errorOf = (field: keyof typeof wrong) => {
    const found = wrong[field];
    return found === undefined ? refusal?.fields[field] : t(`wrong.${found}`, { min: PASSWORD_LENGTH.min });
  };
  // What is said beside a field is not said again below.
  const formError = taken || Object.keys(refusal?.fields ?? {}).length > 0 ? null : (refusal?.text ?? null);

  return (
    <form ref={form} id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t("name")} error={errorOf("name")}>
        <TextInput
          name="name"
          autoComplete="off"
          autoFocus
          maxLength={100}
          value={draft.name}
          onChange={(name) => set({ name })}
        />
      </Field>
      <Field label={common("email")} error={taken ? refusal?.text : errorOf("email")}>
        <TextInput
          type="email"
          name="email"
          autoComplete="off"
          maxLength={254}
          value={draft.email}
          onChange={(email) => set({ email })}
        />
      </Field>
      <Field
        label={common("password")}
        note={password("hint", { min: PASSWORD_LENGTH.min })}
        error={errorOf("password")}
      >
        <PasswordInput
          name="password"
          autoComplete="new-password"
          maxLength={PASSWORD_LENGTH.max}
          labels={{ show: password("show"), hide: password("hide") }}
          value={draft.password}
          onChange={(value) => set({ password: value })}
        />
      </Field>
      <Field label={common("role")}>
        <Select value={draft.role} options={roleOptions} onChange={(role) => set({ role })} />
      </Field>
      <Banner tone="danger">{formError}</Banner>
    </form>
  );
}

function isTaken(error: unknown): boolean {
  return failureOf(error)?.code === "EMAIL_TAKEN";
}
