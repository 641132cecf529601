"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp, ImageUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useRef } from "react";
import { ASSET_BYTES_MAX, type AssetKind } from "#domain/asset.ts";
import { useTRPC } from "../_lib/trpc.tsx";
import { uploadAsset } from "../_lib/upload-asset.ts";
import { useFailureSentence } from "../_lib/use-failure-message.ts";
import { Button } from "../_ui/button.tsx";

const ACCEPTED: Record<AssetKind, string> = {
  image: "image/png,image/apng,image/jpeg,image/gif,image/webp",
  subtitles: ".srt,.vtt,.ass",
};

interface AssetControlProps {
  /** What the file is for. */
  label: string;
  kind: AssetKind;
  value: string | null;
  onChange: (id: string) => void;
  /** It is missing, and that was said. */
  invalid: boolean;
  disabled?: boolean;
}

/** A small file: shown once it is there, chosen or dropped otherwise. */
export function AssetControl({ label, kind, value, onChange, invalid, disabled }: AssetControlProps) {
  const t = useTranslations("common.asset");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const sentenceOf = useFailureSentence();
  const input = useRef<HTMLInputElement>(null);
  const asset = useQuery({ ...trpc.assets.get.queryOptions({ id: value ?? "" }), enabled: value !== null });
  const upload = useMutation({
    mutationFn: (file: File) => uploadAsset(kind, file),
    onSuccess: (result) => {
      if (!result.ok) return;
      queryClient.setQueryData(trpc.assets.get.queryKey({ id: result.value.id }), result.value);
      onChange(result.value.id);
    },
  });
  const refused = upload.isError
    ? common("offline")
    : upload.data?.ok === false
      ? sentenceOf(upload.data.failure.code)
      : undefined;

  function take(file: File | undefined): void {
    if (file !== undefined && !disabled && !upload.isPending) upload.mutate(file);
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  }
  const shown = value === null ? undefined : asset.data;
  const action = shown === undefined ? t("choose") : t("replace");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut of the button inside.
    <div className="flex flex-col gap-1.5" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <div className="flex min-w-0 items-center gap-2.5">
        {shown?.info.kind === "image" && (
          <img
            src={shown.url}
            alt={shown.name}
            className="size-8 shrink-0 rounded-md border border-line bg-sunken object-contain"
          />
        )}
        <Button
          icon={kind === "image" ? <ImageUp /> : <FileUp />}
          busy={upload.isPending}
          disabled={disabled}
          onClick={() => input.current?.click()}
          title={t("hint", { megabytes: ASSET_BYTES_MAX / 1024 ** 2 })}
          aria-label={`${label}: ${shown === undefined ? action : `${action} ${shown.name}`}`}
          // After a refused submit the focus goes to the first control that is wrong.
          aria-invalid={invalid || undefined}
        >
          {action}
        </Button>
        {shown !== undefined && <span className="min-w-0 truncate text-xs text-muted">{shown.name}</span>}
      </div>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED[kind]}
        aria-hidden
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <p role="alert" className="text-xs text-danger-text empty:hidden">
        {refused}
      </p>
    </div>
  );
}
