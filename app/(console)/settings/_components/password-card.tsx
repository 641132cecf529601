"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { authClient } from "../../../_lib/auth-client.ts";
import { useMe } from "../../../_lib/me.tsx";
import { PASSWORD_LENGTH } from "../../../_lib/new-user.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { focusField } from "../../../_ui/focus-field.ts";
import { notify } from "../../../_ui/notify.tsx";
import { PasswordInput } from "../../../_ui/password-input.tsx";

/** Keys of messages, so that they follow a change of language. */
interface Wrong {
  current?: "missing" | "wrongCurrent";
  next?: "tooShort" | "same";
  form?: "tooMany" | "failed";
}

export function PasswordCard() {
  const t = useTranslations("settings.password");
  const { user } = useMe();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [busy, setBusy] = useState(false);
  const labels = { show: t("show"), hide: t("hide") };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const refuse = (found: Wrong) => {
      setWrong(found);
      const [first] = Object.keys(found);
      if (first !== undefined) focusField(form, first);
      return first !== undefined;
    };
    if (refuse(wrongFieldsOf(current, next))) return;

    setBusy(true);
    // Whoever knew the old password may be signed in somewhere.
    const { error } = await authClient.changePassword({
      currentPassword: current,
      newPassword: next,
      revokeOtherSessions: true,
    });
    setBusy(false);
    if (error !== null) {
      refuse(
        error.code === "INVALID_PASSWORD"
          ? { current: "wrongCurrent" }
          : { form: error.status === 429 ? "tooMany" : "failed" },
      );
      return;
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
          <Field label={t("current")} error={wrong.current && t(wrong.current)}>
            <PasswordInput
              name="current"
              autoComplete="current-password"
              labels={labels}
              value={current}
              onChange={setCurrent}
            />
          </Field>
          <Field
            label={t("next")}
            error={wrong.next && t(wrong.next, { min: PASSWORD_LENGTH.min })}
            note={t("hint", { min: PASSWORD_LENGTH.min })}
          >
            <PasswordInput
              name="next"
              autoComplete="new-password"
              maxLength={PASSWORD_LENGTH.max}
              labels={labels}
              value={next}
              onChange={setNext}
            />
          </Field>
        </div>
        <Banner tone="danger">{wrong.form === undefined ? null : t(wrong.form)}</Banner>
        <Button type="submit" busy={busy} className="self-start">
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}

function wrongFieldsOf(current: string, next: string): Wrong {
  const wrong: Wrong = {};
  if (current === "") wrong.current = "missing";
  if (next.length < PASSWORD_LENGTH.min) wrong.next = "tooShort";
  else if (next === current) wrong.next = "same";
  return wrong;
}
