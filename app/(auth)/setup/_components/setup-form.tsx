"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { authClient } from "../../../_lib/auth-client.ts";
import { PASSWORD_LENGTH, wrongFieldsOf } from "../../../_lib/new-user.ts";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Field } from "../../../_ui/field.tsx";
import { focusField } from "../../../_ui/focus-field.ts";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { FormMessage } from "../../_components/form-message.tsx";

export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("setup");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const status = useQuery(trpc.setup.status.queryOptions());
  if (status.isPending) return <Skeleton className="h-72" />;
  if (status.data === undefined) {
    const { text } = messageOf(status.error);
    return <ErrorState title={t("loadFailed")} text={text} onRetry={() => void status.refetch()} />;
  }
  if (status.data.open && token !== "") return <AdminForm token={token} />;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-base font-semibold">{t("title")}</h1>
        <p className="mt-1 text-ui text-muted">{t(status.data.open ? "noToken" : "closed")}</p>
      </div>
      <ButtonLink href={routes.signIn()} variant="primary" className="w-full">
        {t("toSignIn")}
      </ButtonLink>
    </div>
  );
}

function AdminForm({ token }: { token: string }) {
  const t = useTranslations("setup");
  const common = useTranslations("common");
  const users = useTranslations("settings.users");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<ReturnType<typeof wrongFieldsOf>>({});
  const form = useRef<HTMLFormElement>(null);

  const create = useMutation(
    trpc.setup.createAdmin.mutationOptions({
      onSuccess: async (_, { email, password }) => {
        // The account is there: who cannot be signed in now is asked to by the page that comes next.
        await authClient.signIn.email({ email, password }).catch(() => undefined);
        window.location.assign(routes.home());
      },
    }),
  );
  const failure = create.error === null ? null : messageOf(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = wrongFieldsOf({ name, email, password });
    setWrong(found);
    create.reset();
    const [first] = Object.keys(found);
    if (first !== undefined) return focusField(form.current, first);
    create.mutate({ token, name: name.trim(), email: email.trim(), password });
  };
  const errorOf = (field: keyof typeof wrong) => {
    const found = wrong[field];
    return found === undefined ? failure?.fields[field] : users(`wrong.${found}`, { min: PASSWORD_LENGTH.min });
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="text-base font-semibold">{t("title")}</h1>
        <p className="mt-1 text-ui text-muted">{t("text")}</p>
      </div>
      <Field label={t("name")} error={errorOf("name")}>
        <TextInput name="name" autoComplete="name" autoFocus maxLength={100} value={name} onChange={setName} />
      </Field>
      <Field label={common("email")} error={errorOf("email")}>
        <TextInput
          type="email"
          name="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          onChange={setEmail}
        />
      </Field>
      <Field label={common("password")} hint={t("passwordHint")} error={errorOf("password")}>
        <TextInput
          type="password"
          name="password"
          autoComplete="new-password"
          maxLength={PASSWORD_LENGTH.max}
          value={password}
          onChange={setPassword}
        />
      </Field>
      <FormMessage text={failure?.text ?? null} />
      <Button type="submit" variant="primary" busy={create.isPending || create.isSuccess} className="w-full">
        {t("submit")}
      </Button>
    </form>
  );
}
