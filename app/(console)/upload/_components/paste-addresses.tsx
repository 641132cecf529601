"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage, useFailureSentence } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { TextArea } from "../../../_ui/text-input.tsx";
import { ProcedureSelect } from "./procedure-select.tsx";

const URLS_MAX = 50;

/** Files that lie elsewhere are fetched by a worker. Addresses that are refused stay, each with the reason. */
export function PasteAddresses() {
  const t = useTranslations("upload.paste");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const sentenceOf = useFailureSentence();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [procedure, setProcedure] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly { url: string; reason: string }[]>([]);
  const urls = [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
  const pull = useMutation(
    trpc.uploads.pull.mutationOptions({
      onSuccess: async (answers) => {
        const wrong = answers.flatMap(({ url, error }) => (error === null ? [] : [{ url, error }]));
        const begun = answers.length - wrong.length;
        if (begun > 0) notify.success(t("done", { count: begun }));
        setText(wrong.map(({ url }) => url).join("\n"));
        setRefused(
          wrong.map(({ url, error }) => ({
            url,
            reason: [sentenceOf(error.code), error.detail].filter(Boolean).join(" "),
          })),
        );
        if (wrong.length === 0) setOpen(false);
        await queryClient.invalidateQueries(trpc.uploads.list.pathFilter());
      },
    }),
  );
  if (!open) {
    return (
      <Button icon={<Link2 />} className="self-start" onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
    );
  }
  return (
    <Card title={t("open")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (urls.length > 0 && urls.length <= URLS_MAX) pull.mutate({ urls, procedureName: procedure });
        }}
      >
        <Field label={t("label")} hint={t("hint")} error={urls.length > URLS_MAX ? t("tooMany") : undefined}>
          <TextArea
            value={text}
            onChange={(next) => {
              setText(next);
              setRefused([]);
            }}
            rows={4}
            spellCheck={false}
            placeholder="https://example.com/film.mp4"
            className="font-mono"
            autoFocus
          />
        </Field>
        {refused.length > 0 && (
          <Banner tone="danger">
            <ul className="flex flex-col gap-1">
              {refused.map(({ url, reason }) => (
                <li key={url}>
                  <span className="font-mono text-xs break-all">{url}</span>: {reason}
                </li>
              ))}
            </ul>
          </Banner>
        )}
        {pull.isError && <Banner tone="danger">{messageOf(pull.error).text}</Banner>}
        <div className="flex flex-wrap items-end justify-between gap-3">
          <Field label={t("procedure")} className="min-w-0 flex-1 basis-60">
            <ProcedureSelect value={procedure} onChange={setProcedure} label={t("procedure")} />
          </Field>
          <Button type="submit" variant="primary" busy={pull.isPending} disabled={urls.length === 0}>
            {t("submit", { count: urls.length })}
          </Button>
        </div>
      </form>
    </Card>
  );
}
