"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { authClient } from "../../../_lib/auth-client.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Field } from "../../../_ui/field.tsx";
import { focusField } from "../../../_ui/focus-field.ts";
import { TextInput } from "../../../_ui/text-input.tsx";
import { FormMessage } from "../../_components/form-message.tsx";

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const setup = useQuery(trpc.setup.status.queryOptions());
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const signIn = async () => {
    setBusy(true);
    try {
      const { error } = await authClient.signIn.email({ email: email.trim(), password });
      // A full load: every part of the console starts with the new session.
      if (error === null) return window.location.assign(next);
      setMessage(t(REFUSALS[error.status] ?? "failed"));
    } catch {
      // Nobody answered.
      setMessage(common("offline"));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMessage(null);
    const left = [...(email.trim() === "" ? ["email"] : []), ...(password === "" ? ["password"] : [])];
    setMissing(left);
    const [first] = left;
    if (first !== undefined) return focusField(form.current, first);
    void signIn();
  };
  const errorOf = (field: "email" | "password") => (missing.includes(field) ? common("required") : undefined);

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="text-base font-semibold">{t("title")}</h1>
        {setup.data?.open && <p className="mt-1 text-ui text-muted">{t("setupHint")}</p>}
      </div>
      <Field label={common("email")} error={errorOf("email")}>
        <TextInput type="email" name="email" autoComplete="username" autoFocus value={email} onChange={setEmail} />
      </Field>
      <Field label={common("password")} error={errorOf("password")}>
        <TextInput
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      </Field>
      <FormMessage text={message} />
      <Button type="submit" variant="primary" busy={busy} className="w-full">
        {t("submit")}
      </Button>
      <p className="text-center text-xs text-faint">{t("forgotten")}</p>
    </form>
  );
}

/** HTTP status of the refusal → message. One sentence for a wrong address and a wrong password: guessing learns nothing. */
const REFUSALS: Partial<Record<number, "wrong" | "tooMany">> = { 400: "wrong", 401: "wrong", 429: "tooMany" };
