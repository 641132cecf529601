"use client";
import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Verdict } from "#domain/report/report.ts";
import { Badge, type Tone } from "../../../_ui/badge.tsx";

const LOOK: Record<Verdict, { tone: Tone; icon: LucideIcon }> = {
  passed: { tone: "success", icon: CircleCheck },
  warnings: { tone: "warning", icon: TriangleAlert },
  failed: { tone: "danger", icon: CircleX },
};

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const t = useTranslations("report.verdict");
  const { tone, icon: Icon } = LOOK[verdict];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(verdict)}
    </Badge>
  );
}
