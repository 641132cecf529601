"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { AssetKind } from "#domain/asset.ts";
import { ERROR_CODES, type ErrorCode } from "#domain/error.ts";
import type { AssetRow } from "#server/api/rows.ts";
import { useTRPC } from "../_lib/trpc.tsx";
import { useFailureSentence } from "../_lib/use-failure-message.ts";
import { Button } from "../_ui/button.tsx";

const ACCEPTED: Record<AssetKind, string> = {
  image: "image/png,image/jpeg,image/gif,image/webp",
  subtitles: ".srt,.vtt,.ass",
};

interface AssetFieldProps {
  kind: AssetKind;
  /** The asset's id. */
  value: string | null;
  onChange: (id: string) => void;
  disabled: boolean;
}

/** A file that is uploaded at once when it is chosen; the form keeps its id. */
export function AssetField({ kind, value, onChange, disabled }: AssetFieldProps) {
  const t = useTranslations("common");
  const sentenceOf = useFailureSentence();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const asset = useQuery({ ...trpc.assets.get.queryOptions({ id: value ?? "" }), enabled: value !== null });
  const upload = useMutation({
    mutationFn: (file: File) => send(kind, file),
    onSuccess: (row) => {
      queries.setQueryData(trpc.assets.get.queryKey({ id: row.id }), row);
      onChange(row.id);
    },
  });
  const refused = upload.error instanceof AssetRefused ? sentenceOf(upload.error.code) : t("offline");
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2.5">
        <Button icon={<Upload />} busy={upload.isPending} disabled={disabled} onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <span className="truncate text-ui text-muted">{value === null ? t("none") : (asset.data?.name ?? value)}</span>
        <input
          ref={input}
          type="file"
          hidden
          accept={ACCEPTED[kind]}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) upload.mutate(file);
            // The same file again is a choice, too.
            target.value = "";
          }}
        />
      </div>
      {upload.isError && <p className="text-xs text-danger-text">{refused}</p>}
    </div>
  );
}

class AssetRefused extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

async function send(kind: AssetKind, file: File): Promise<AssetRow> {
  const query = new URLSearchParams({ kind, name: file.name });
  const response = await fetch(`/api/assets?${query}`, { method: "POST", body: file });
  if (response.ok) return response.json();
  const { code }: { code: unknown } = await response.json();
  throw new AssetRefused(ERROR_CODES.find((known) => known === code) ?? "INTERNAL");
}
