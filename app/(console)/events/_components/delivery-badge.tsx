"use client";
import { CircleCheck, CircleDashed, CircleX, Hand, type LucideIcon, PowerOff, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeliveryState } from "#domain/notification.ts";
import type { DeliveryRow } from "#server/api/rows.ts";
import { Badge, type Tone } from "../../../_ui/badge.tsx";

const ICONS: Record<DeliveryState, LucideIcon> = {
  waiting: CircleDashed,
  delivered: CircleCheck,
  failed: CircleX,
};

export function DeliveryIcon({ state, className }: { state: DeliveryState; className?: string }) {
  const Icon = ICONS[state];
  return <Icon aria-hidden className={className} />;
}

/** How a delivery stands, in more words than it has states: what waits may have failed before, or be with a puller. */
type Standing = "waiting" | "retrying" | "held" | "queued" | "pulled" | "delivered" | "confirmed" | "failed";

const LOOKS: Record<Standing, { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: "neutral", icon: CircleDashed },
  retrying: { tone: "warning", icon: RotateCw },
  held: { tone: "neutral", icon: PowerOff },
  queued: { tone: "neutral", icon: CircleDashed },
  pulled: { tone: "info", icon: Hand },
  delivered: { tone: "success", icon: CircleCheck },
  confirmed: { tone: "success", icon: CircleCheck },
  failed: { tone: "danger", icon: CircleX },
};

function standingOf({ state, endpoint, attemptCount, handedOut, nextAt }: DeliveryRow): Standing {
  if (state === "failed") return "failed";
  if (endpoint === null) {
    if (state === "delivered") return "confirmed";
    return handedOut && nextAt !== null && nextAt.getTime() > Date.now() ? "pulled" : "queued";
  }
  if (state === "delivered") return "delivered";
  if (!endpoint.enabled) return "held";
  return attemptCount > 0 ? "retrying" : "waiting";
}

export function DeliveryBadge({ delivery }: { delivery: DeliveryRow }) {
  const t = useTranslations("events.standing");
  const standing = standingOf(delivery);
  const { tone, icon: Icon } = LOOKS[standing];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(standing, { attempts: delivery.attemptCount })}
    </Badge>
  );
}
