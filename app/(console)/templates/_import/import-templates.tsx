"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { DOCUMENT_CHARACTERS_MAX } from "#domain/json.ts";
import type { ImportPreview } from "#server/api/rows.ts";
import { useFieldSentence } from "../../../_lib/field-sentences.ts";
import { readJsonText } from "../../../_lib/json-text.ts";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { CodeEditor } from "../../../_ui/code-editor.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { ImportList } from "./import-list.tsx";

const TYPING_MS = 300;

/** A document of templates, chosen or pasted: first what it would make and what is wrong with it, then all of it at once. */
export function ImportTemplates({ onClose }: { onClose: () => void }) {
  const t = useTranslations("templates.import");
  const common = useTranslations("common");
  const [text, setText] = useState("");
  const [tooLarge, setTooLarge] = useState(false);
  const preview = usePreview(text);
  const importing = useImport(onClose);
  const messageOf = useFailureMessage();
  const { diagnostics, ready, data } = preview;
  const count = data?.templates.length ?? 0;

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    // What is far too much is not even read.
    const large = file.size > DOCUMENT_CHARACTERS_MAX * 4;
    setTooLarge(large);
    if (!large) setText(await file.text());
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title={t("title")}
      description={t("text")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!ready || count === 0}
            busy={importing.isPending}
            onClick={() => importing.mutate({ text })}
          >
            {count === 0 ? t("action") : t("confirm", { count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ChooseFile onChoose={(file) => void take(file)} />
        <Banner tone="danger">{tooLarge ? t("tooLarge") : null}</Banner>
        <CodeEditor language="json" label={t("document")} value={text} onChange={setText} diagnostics={diagnostics} />
        <Banner tone="danger">
          {importing.isError ? messageOf(importing.error).text : preview.isError ? messageOf(preview.error).text : null}
        </Banner>
        {data !== undefined && <ImportList preview={data} />}
      </div>
    </Dialog>
  );
}

function ChooseFile({ onChoose }: { onChoose: (file: File | undefined) => void }) {
  const t = useTranslations("templates.import");
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <Button icon={<FileUp />} onClick={() => input.current?.click()}>
        {t("choose")}
      </Button>
      <span className="ml-3 text-ui text-muted">{t("orPaste")}</span>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-hidden
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onChoose(event.currentTarget.files?.[0]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}

function usePreview(text: string) {
  const client = useTRPCClient();
  const sentenceOf = useFieldSentence();
  const asked = useDebounced(text, TYPING_MS);
  const json = useMemo(() => readJsonText(asked), [asked]);
  const readable = asked.trim() !== "" && json.faults.length === 0;
  const preview = useQuery<ImportPreview>({
    queryKey: ["templateImport", asked],
    queryFn: () => client.templates.previewImport.mutate({ text: asked }),
    enabled: readable,
    gcTime: 0,
  });
  const diagnostics = useMemo(() => {
    if (asked.trim() === "") return [];
    const wrong = readable ? (preview.data?.faults ?? []).map(json.placed) : json.faults;
    return wrong.map((fault) => ({
      ...{ line: fault.line, column: fault.column },
      message: [fault.path, sentenceOf(fault)].filter(Boolean).join(": "),
    }));
  }, [asked, json, readable, preview.data, sentenceOf]);
  const ready = asked === text && readable && preview.data?.faults.length === 0;
  return { ...preview, diagnostics, ready };
}

function useImport(onClose: () => void) {
  const t = useTranslations("templates.import");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.templates.import.mutationOptions({
      onSuccess: async (created) => {
        notify.success(t("done", { count: created.length }));
        onClose();
        await queryClient.invalidateQueries(trpc.templates.pathFilter());
      },
    }),
  );
}
