"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { Drawer } from "../../../_ui/drawer.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { closeEvent, useShownEvent } from "../event-address.ts";
import { DeliveryBadge } from "./delivery-badge.tsx";
import { EventDetails } from "./event-details.tsx";

export function EventDrawer() {
  const id = useShownEvent();
  return id === null ? null : <OpenDrawer id={id} />;
}

function OpenDrawer({ id }: { id: string }) {
  const t = useTranslations("events");
  const trpc = useTRPC();
  const mayResend = useMay("operator");
  const messageOf = useFailureMessage();
  // Live messages have it read anew.
  const event = useQuery(trpc.events.get.queryOptions({ id }));
  const resend = useMutation(
    trpc.events.resend.mutationOptions({
      onSuccess: () => notify.success(t("resend.doneOne")),
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  const { data } = event;
  return (
    <Drawer
      open
      onOpenChange={(open) => open || closeEvent()}
      size="lg"
      title={data === undefined ? t("event") : t(`kinds.${data.kind.replace(".", "_")}`)}
      description={
        data === undefined ? undefined : (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <DeliveryBadge delivery={data} />
            <span className="font-mono text-xs">{data.eventType}</span>
            <CopyId id={data.id} length="full" />
          </span>
        )
      }
      footer={
        mayResend &&
        data !== undefined && (
          <Button
            icon={<RotateCw />}
            busy={resend.isPending}
            disabled={data.endpoint?.deleted}
            onClick={() => resend.mutate({ id })}
          >
            {t(data.state === "waiting" ? "resend.now" : "resend.one")}
          </Button>
        )
      }
    >
      {event.isPending && <Skeleton className="h-64" />}
      {event.isError && <LoadFailed error={event.error} onRetry={() => void event.refetch()} />}
      {data !== undefined && <EventDetails event={data} />}
    </Drawer>
  );
}
