"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { authClient } from "../../../_lib/auth-client.ts";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { Field } from "../../../_ui/field.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { FormMessage } from "../../_components/form-message.tsx";

export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("setup");
  const trpc = useTRPC();
  const status = useQuery(trpc.setup.status.queryOptions());
  if (status.isPending) return <Skeleton className="h-72" />;
  if (status.data?.open && token !== "") return <AdminForm token={token} />;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-base font-semibold">{t("title")}</h1>
        <p className="mt-1 text-ui text-muted">{t(status.data?.open ? "noToken" : "closed")}</p>
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
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");

  const create = useMutation(
    trpc.setup.createAdmin.mutationOptions({
      onSuccess: async () => {
        await authClient.signIn.email({ email, password });
        window.location.assign(routes.home());
      },
    }),
  );
  const failure = create.error === null ? null : messageOf(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ token, name, email, password });
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div>
        <h1 className="text-base font-semibold">{t("title")}</h1>
        <p className="mt-1 text-ui text-muted">{t("text")}</p>
      </div>
      <Field label={common("name")} error={failure?.fields.name}>
        <TextInput name="name" autoComplete="name" autoFocus required value={name} onChange={setName} />
      </Field>
      <Field label={common("email")} error={failure?.fields.email}>
        <TextInput type="email" name="email" autoComplete="username" required value={email} onChange={setEmail} />
      </Field>
      <Field label={common("password")} hint={t("passwordHint")} error={failure?.fields.password}>
        <TextInput
          type="password"
          name="password"
          autoComplete="new-password"
          required
          minLength={8}
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
