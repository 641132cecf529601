"use client";
import { useLocale, useTranslations } from "next-intl";
import type { Report } from "#domain/report/report.ts";
import { formatNumber, formatPercent, formatTimestamp, NONE } from "../../../_lib/format.ts";
import { type Fact, FactList } from "../../../_ui/fact-list.tsx";
import { Table, TableFrame, Td, Th, Tr } from "../../../_ui/table.tsx";

function spanText({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }): string {
  return `${formatTimestamp(startSeconds)} – ${formatTimestamp(endSeconds)}`;
}

/** What was measured over all that was looked at; what was not measured is left out. */
export function Measures({ report }: { report: Report }) {
  const t = useTranslations("report.measures");
  const locale = useLocale();
  const { loudnessLufs, loudnessRangeLu, truePeakDbtp, blur, blockiness, interlacedPercent } = report.measures;
  const one = (value: number) => formatNumber(locale, value, 1);
  const facts: (Fact | null)[] = [
    { label: t("duration"), value: formatTimestamp(report.durationSeconds) },
    report.stretch === null ? null : { label: t("stretch"), value: spanText(report.stretch) },
    loudnessLufs === null ? null : { label: t("loudness"), value: `${one(loudnessLufs)} LUFS` },
    loudnessRangeLu === null ? null : { label: t("loudnessRange"), value: `${one(loudnessRangeLu)} LU` },
    truePeakDbtp === null ? null : { label: t("truePeak"), value: `${one(truePeakDbtp)} dBTP` },
    blur === null ? null : { label: t("blur"), value: `${one(blur)} px` },
    blockiness === null ? null : { label: t("blockiness"), value: formatNumber(locale, blockiness) },
    interlacedPercent === null ? null : { label: t("interlaced"), value: formatPercent(locale, interlacedPercent) },
  ];
  return <FactList facts={facts.filter((fact) => fact !== null)} />;
}

export function Streams({ streams }: { streams: Report["streams"] }) {
  const t = useTranslations("report.streams");
  const locale = useLocale();
  const counted = streams.some(({ packets }) => packets !== null);
  return (
    <TableFrame>
      <Table>
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <Th>{t("stream")}</Th>
            <Th>{t("codec")}</Th>
            {counted && <Th className="text-right">{t("packets")}</Th>}
            <Th className="text-right">{t("frames")}</Th>
            <Th className="text-right">{t("declared")}</Th>
            <Th className="text-right">{t("decoded")}</Th>
          </tr>
        </thead>
        <tbody>
          {streams.map(({ index, type, codec, packets, frames, declaredSeconds, decodedSeconds }) => (
            <Tr key={index}>
              <Td className="whitespace-nowrap">{`${index} · ${t(type)}`}</Td>
              <Td>{codec}</Td>
              {counted && <Td className="text-right tabular-nums">{formatNumber(locale, packets)}</Td>}
              <Td className="text-right tabular-nums">{formatNumber(locale, frames)}</Td>
              <Td className="text-right tabular-nums">
                {declaredSeconds === null ? NONE : formatTimestamp(declaredSeconds)}
              </Td>
              <Td className="text-right tabular-nums">{formatTimestamp(decodedSeconds)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}
