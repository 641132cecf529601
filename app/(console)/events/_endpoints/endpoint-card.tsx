"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Ellipsis,
  KeyRound,
  Pencil,
  PowerOff,
  Send,
  Trash2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { EndpointRow } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { FactList } from "../../../_ui/fact-list.tsx";
import { Menu } from "../../../_ui/menu.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { openEvent } from "../event-address.ts";
import { EndpointDialog } from "./endpoint-dialog.tsx";

interface EndpointCardProps {
  endpoint: EndpointRow;
  access: "read" | "edit";
  onSecret: (secret: string) => void;
}

type Asked = "edit" | "delete" | "rotate" | null;

export function EndpointCard({ endpoint, access, onSecret }: EndpointCardProps) {
  const t = useTranslations("events.endpoints");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const mayTest = useMay("operator");
  const queries = useQueryClient();
  const messageOf = useFailureMessage();
  const [asked, setAsked] = useState<Asked>(null);
  const { id, name, url, waitingCount } = endpoint;
  const settled = {
    onError: (error: unknown) => notify.error(messageOf(error).text),
    onSettled: () => queries.invalidateQueries(trpc.events.endpoints.pathFilter()),
  };
  const test = useMutation(
    trpc.events.testEndpoint.mutationOptions({ ...settled, onSuccess: ({ deliveryId }) => openEvent(deliveryId) }),
  );
  const remove = useMutation(
    trpc.events.deleteEndpoint.mutationOptions({ ...settled, onSuccess: () => setAsked(null) }),
  );
  const rotate = useMutation(
    trpc.events.rotateSecret.mutationOptions({
      ...settled,
      onSuccess: ({ secret }) => {
        setAsked(null);
        onSecret(secret);
      },
    }),
  );
  const endPrevious = useMutation(
    trpc.events.endPreviousSecret.mutationOptions({ ...settled, onSuccess: () => notify.success(common("saved")) }),
  );
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {name}
          {endpoint.ofApi && <Badge>{t("ofApi")}</Badge>}
          <HealthBadge endpoint={endpoint} />
        </span>
      }
      actions={
        <div className="flex items-center gap-1">
          {mayTest && url !== "" && (
            <Button size="sm" icon={<Send />} busy={test.isPending} onClick={() => test.mutate({ id })}>
              {t("test")}
            </Button>
          )}
          {access === "edit" && (
            <Menu
              trigger={<IconButton size="sm" label={common("actions")} icon={<Ellipsis />} />}
              items={[
                { label: common("edit"), icon: <Pencil />, onSelect: () => setAsked("edit") },
                { label: t("rotate"), icon: <KeyRound />, onSelect: () => setAsked("rotate") },
                { type: "separator" },
                { label: common("delete"), icon: <Trash2 />, tone: "danger", onSelect: () => setAsked("delete") },
              ]}
            />
          )}
        </div>
      }
    >
      <p className="mb-3 font-mono text-xs break-all text-muted">{url === "" ? t("noUrl") : url}</p>
      <Facts endpoint={endpoint} />
      {endpoint.previousSecretUntil !== null && (
        <div className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-3 text-ui text-muted">
          <span>
            {t("previousSecret")} <RelativeTime date={endpoint.previousSecretUntil} />
          </span>
          {access === "edit" && (
            <Button size="sm" busy={endPrevious.isPending} onClick={() => endPrevious.mutate({ id })}>
              {t("endPrevious")}
            </Button>
          )}
        </div>
      )}
      {asked === "edit" && <EndpointDialog endpoint={endpoint} onClose={() => setAsked(null)} onCreated={onSecret} />}
      <ConfirmDialog
        open={asked === "delete"}
        onOpenChange={(open) => open || setAsked(null)}
        title={t("deleteTitle", { name })}
        confirmLabel={common("delete")}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id })}
      >
        {t("deleteText", { count: waitingCount })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === "rotate"}
        onOpenChange={(open) => open || setAsked(null)}
        title={t("rotateTitle", { name })}
        confirmLabel={t("rotate")}
        variant="primary"
        busy={rotate.isPending}
        onConfirm={() => rotate.mutate({ id })}
      >
        {t("rotateText")}
      </ConfirmDialog>
    </Card>
  );
}

function Facts({ endpoint }: { endpoint: EndpointRow }) {
  const t = useTranslations("events.endpoints");
  const kinds = useTranslations("events.kinds");
  const errors = useTranslations("events.errors");
  const { kinds: chosen, ofApi, waitingCount, failureCount, lastErrorCode, pausedUntil } = endpoint;
  return (
    <FactList
      facts={[
        {
          label: t("kinds"),
          value: ofApi
            ? t("kindsOfApiShort")
            : chosen.length === 0
              ? t("allKinds")
              : chosen.map((kind) => kinds(kind.replace(".", "_"))).join(", "),
        },
        { label: t("waiting"), value: t("waitingCount", { count: waitingCount }) },
        { label: t("lastDelivered"), value: <RelativeTime date={endpoint.lastDeliveredAt} /> },
        ...(failureCount === 0 || lastErrorCode === null
          ? []
          : [
              {
                label: t("failures", { count: failureCount }),
                value: (
                  <>
                    {errors(lastErrorCode)} · <RelativeTime date={endpoint.lastFailedAt} />
                  </>
                ),
              },
            ]),
        ...(pausedUntil === null ? [] : [{ label: t("nextLook"), value: <RelativeTime date={pausedUntil} /> }]),
      ]}
    />
  );
}

function HealthBadge({ endpoint }: { endpoint: EndpointRow }) {
  const t = useTranslations("events.endpoints.health");
  const { enabled, failureCount, lastDeliveredAt, lastErrorCode } = endpoint;
  if (!enabled) {
    return (
      <Badge tone={lastErrorCode === "gone" && failureCount > 0 ? "danger" : "neutral"} icon={<PowerOff aria-hidden />}>
        {t(lastErrorCode === "gone" && failureCount > 0 ? "gone" : "off")}
      </Badge>
    );
  }
  if (failureCount > 0) {
    return (
      <Badge tone="danger" icon={<CircleAlert aria-hidden />}>
        {t("failing")}
      </Badge>
    );
  }
  return lastDeliveredAt === null ? (
    <Badge icon={<CircleDashed aria-hidden />}>{t("unused")}</Badge>
  ) : (
    <Badge tone="success" icon={<CircleCheck aria-hidden />}>
      {t("well")}
    </Badge>
  );
}
