"use client";
import { ImageOff, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Finding } from "#domain/report/report.ts";
import { formatTimestamp } from "../../../_lib/format.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Table, TableFrame, Td, Th, Tr } from "../../../_ui/table.tsx";
import { useMeasured } from "./use-measured.ts";

interface FindingListProps {
  findings: readonly Finding[];
  /** Address of a picture beside the report; undefined when there is none. */
  pictureUrlOf: (name: string) => string | undefined;
  /** Absent: nothing can be played. */
  onSeek?: (seconds: number) => void;
}

export function FindingList({ findings, pictureUrlOf, onSeek }: FindingListProps) {
  const t = useTranslations("report");
  const measuredOf = useMeasured();
  return (
    <TableFrame>
      <Table>
        <caption className="sr-only">{t("findings")}</caption>
        <thead className="max-sm:sr-only">
          <tr>
            <Th>{t("columns.picture")}</Th>
            <Th>{t("columns.check")}</Th>
            <Th>{t("columns.time")}</Th>
            <Th>{t("columns.measured")}</Th>
            <Th>{t("columns.stream")}</Th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding, index) => (
            <Tr
              key={index}
              className="max-sm:grid max-sm:grid-cols-[auto_1fr] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:p-3 max-sm:[&>td]:p-0"
            >
              <Td className="w-28 max-sm:row-span-4 max-sm:self-center">
                <Picture url={finding.thumbnail === null ? undefined : pictureUrlOf(finding.thumbnail)} />
              </Td>
              <Td>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-medium">{t(`check.${finding.check}`)}</span>
                  <Badge tone={finding.severity === "error" ? "danger" : "warning"}>
                    {t(`severity.${finding.severity}`)}
                  </Badge>
                </span>
              </Td>
              <Td className="whitespace-nowrap">
                <Time finding={finding} onSeek={onSeek} />
              </Td>
              <Td className="text-muted">{measuredOf(finding)}</Td>
              <Td className="whitespace-nowrap text-muted">
                {finding.stream === null ? t("wholeFile") : t("stream", { index: finding.stream })}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function Time({ finding, onSeek }: { finding: Finding; onSeek?: (seconds: number) => void }) {
  const t = useTranslations("report");
  const [from, to] = [formatTimestamp(finding.startSeconds), formatTimestamp(finding.endSeconds)];
  const text = `${from} – ${to}`;
  if (onSeek === undefined) return text;
  return (
    <button
      type="button"
      title={t("showAt", { time: from })}
      onClick={() => onSeek(finding.startSeconds)}
      className="inline-flex items-center gap-1.5 rounded-sm text-accent-text hover:underline hover:underline-offset-2"
    >
      <Play className="size-3" aria-hidden />
      {text}
    </button>
  );
}

/** It may be missing: of what cannot be decoded there is no picture. */
function Picture({ url }: { url: string | undefined }) {
  const t = useTranslations("report");
  const [broken, setBroken] = useState(false);
  return (
    <span className="flex aspect-video w-24 items-center justify-center overflow-hidden rounded-md border border-line bg-sunken text-faint">
      {url === undefined || broken ? (
        <ImageOff className="size-4" aria-label={t("noPicture")} />
      ) : (
        <img src={url} alt="" loading="lazy" className="size-full object-contain" onError={() => setBroken(true)} />
      )}
    </span>
  );
}
