"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { authClient } from "../../../_lib/auth-client.ts";
import { useMe } from "../../../_lib/me.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { PasswordInput } from "../../../_ui/password-input.tsx";
import { PASSWORD_LENGTH } from "./new-user.ts";

type Wrong = { current?: string; next?: string; form?: string };

export function PasswordCard() {
  const t = useTranslations("settings.password");
  const common = useTranslations("common");
  const { user } = useMe();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [busy, setBusy] = useState(false);
  const labels = { show: t("show"), hide: t("hide") };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: Wrong = {};
    if (current === "") found.current = common("required");
    if (next.length < PASSWORD_LENGTH.min) found.next = t("tooShort", { min: PASSWORD_LENGTH.min });
    else if (next === current) found.next = t("same");
    setWrong(found);
    if (Object.keys(found).length > 0) return;

    setBusy(true);
    // Whoever knew the old password may be signed in somewhere.
    const { error } = await authClient.changePassword({
      currentPassword: current,
      newPassword: next,
      revokeOtherSessions: true,
    });
    setBusy(false);
    if (error !== null) {
      const refused: Wrong =
        error.code === "INVALID_PASSWORD"
          ? { current: t("wrongCurrent") }
          : { form: t(error.status === 429 ? "tooMany" : "failed") };
      return setWrong(refused);
    }
    setCurrent("");
    setNext("");
    notify.success(t("changed"));
  };

  return (
    <Card title={t("title")} text={t("text")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {/* Tells password managers whose password it is. */}
        <input type="email" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={t("current")} error={wrong.current}>
            <PasswordInput
              name="current-password"
              autoComplete="current-password"
              labels={labels}
              value={current}
              onChange={setCurrent}
            />
          </Field>
          <Field label={t("next")} error={wrong.next} note={t("hint", { min: PASSWORD_LENGTH.min })}>
            <PasswordInput
              name="new-password"
              autoComplete="new-password"
              maxLength={PASSWORD_LENGTH.max}
              labels={labels}
              value={next}
              onChange={setNext}
            />
          </Field>
        </div>
        <Banner tone="danger">{wrong.form ?? null}</Banner>
        <Button type="submit" busy={busy} className="self-start">
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}
