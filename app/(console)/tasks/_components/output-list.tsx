"use client";
import { Download, Eye, FileArchive, FileImage, Lock, PackageOpen, Play } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { OutputRow } from "#server/api/rows.ts";
import { formatBytes, formatTimestamp } from "../../../_lib/format.ts";
import { useMay } from "../../../_lib/me.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { ButtonAnchor, IconAnchor, IconButton } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { VerdictBadge } from "../_report/verdict-badge.tsx";
import { CopyPlaybackLink } from "./copy-playback-link.tsx";
import { useOutputFacts } from "./media-facts.ts";
import { OutputDialog } from "./output-dialog.tsx";
import { isPlayable, viewOf } from "./output-kinds.ts";

interface OutputListProps {
  outputs: readonly OutputRow[];
  /** Of which they were made. */
  mediaId: string;
  zipUrl: string | null;
}

/** Everything a subtask made: pictures as a grid, the rest as a list. */
export function OutputList({ outputs, mediaId, zipUrl }: OutputListProps) {
  const t = useTranslations("tasks");
  const mayOperate = useMay("operator");
  const [shown, setShown] = useState<OutputRow | null>(null);
  if (outputs.length === 0) {
    return <EmptyState icon={<PackageOpen />} title={t("noOutputs")} text={t("noOutputsText")} />;
  }
  const pictures = outputs.filter((output) => viewOf(output) === "picture");
  const others = outputs.filter((output) => viewOf(output) !== "picture");
  return (
    <div className="flex flex-col gap-4">
      {zipUrl !== null && (
        <div className="flex justify-end">
          <ButtonAnchor size="sm" icon={<FileArchive />} href={zipUrl} download>
            {t("actions.zip")}
          </ButtonAnchor>
        </div>
      )}
      {others.length > 0 && (
        <ul className="rounded-lg border border-line">
          {others.map((output) => (
            <OutputItem key={output.id} output={output} onShow={() => setShown(output)} />
          ))}
        </ul>
      )}
      {others.some(isEncrypted) && (
        <p className="text-xs text-muted">
          {t("encryptedNote")} {mayOperate && t("playbackLinkHint")}
        </p>
      )}
      {pictures.length > 0 && (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2">
          {pictures.map((picture) => (
            <PictureItem key={picture.id} picture={picture} onShow={() => setShown(picture)} />
          ))}
        </ul>
      )}
      {shown !== null && (
        <OutputDialog outputs={outputs} shown={shown} mediaId={mediaId} onClose={() => setShown(null)} />
      )}
    </div>
  );
}

function isEncrypted({ facts }: OutputRow): boolean {
  return facts.encryption !== undefined;
}

function OutputItem({ output, onShow }: { output: OutputRow; onShow: () => void }) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const roles = useTranslations("states.outputRole");
  const locale = useLocale();
  const factsOf = useOutputFacts();
  const mayOperate = useMay("operator");
  const notes = [
    roles(output.role),
    ...factsOf(output.facts),
    output.partCount > 0 ? t("parts", { count: output.partCount }) : null,
    formatBytes(locale, output.sizeBytes),
  ];
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-ui font-medium">
          <span className="truncate" title={output.name}>
            {output.name}
          </span>
          {isEncrypted(output) && <Badge icon={<Lock />}>{t("encrypted")}</Badge>}
        </p>
        <p className="text-xs text-muted">{notes.filter((note) => note !== null).join(" · ")}</p>
      </div>
      {output.facts.verdict !== undefined && <VerdictBadge verdict={output.facts.verdict} />}
      {viewOf(output) !== "none" && (
        <IconButton
          size="sm"
          label={isPlayable(output) ? common("play") : common("view")}
          icon={isPlayable(output) ? <Play /> : <Eye />}
          onClick={onShow}
        />
      )}
      {/* A playlist without its key and its segments is nothing to save. */}
      {!isEncrypted(output) && (
        <IconAnchor size="sm" label={common("download")} icon={<Download />} href={output.downloadUrl} download />
      )}
      {isEncrypted(output) && mayOperate && <CopyPlaybackLink outputId={output.id} />}
    </li>
  );
}

function PictureItem({ picture, onShow }: { picture: OutputRow; onShow: () => void }) {
  const [broken, setBroken] = useState(false);
  const { atSeconds } = picture.facts;
  return (
    <li>
      <button
        type="button"
        onClick={onShow}
        title={picture.name}
        className="group relative block aspect-video w-full overflow-hidden rounded-md border border-line bg-sunken text-faint hover:border-line-strong"
      >
        {broken ? (
          <FileImage className="m-auto size-5" aria-hidden />
        ) : (
          <img
            src={picture.url}
            alt={picture.name}
            loading="lazy"
            className="size-full object-contain"
            onError={() => setBroken(true)}
          />
        )}
        {atSeconds !== undefined && (
          <span className="absolute right-1 bottom-1 rounded-sm bg-black/70 px-1 text-2xs text-white">
            {formatTimestamp(atSeconds)}
          </span>
        )}
      </button>
    </li>
  );
}
