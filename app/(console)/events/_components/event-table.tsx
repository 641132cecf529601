"use client";
import { Inbox, Webhook } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DeliveryRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { classes } from "../../../_ui/classes.ts";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { Table, TableFrame, Td, Th, Tr } from "../../../_ui/table.tsx";
import { openEvent } from "../event-address.ts";
import { DeliveryBadge } from "./delivery-badge.tsx";

export function EventTable({ events, stale }: { events: readonly DeliveryRow[]; stale: boolean }) {
  const t = useTranslations("events");
  return (
    <TableFrame className={classes("transition-opacity", stale && "opacity-60")}>
      <Table>
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <Th>{t("columns.event")}</Th>
            <Th className="max-md:hidden">{t("columns.about")}</Th>
            <Th className="max-lg:hidden">{t("columns.receiver")}</Th>
            <Th>{t("columns.state")}</Th>
            <Th className="text-right max-md:hidden">{t("columns.when")}</Th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function EventRow({ event }: { event: DeliveryRow }) {
  const t = useTranslations("events");
  return (
    <Tr
      className="cursor-pointer border-b border-line last:border-b-0 hover:bg-hover"
      onClick={() => openEvent(event.id)}
    >
      <Td className="max-w-64 max-md:max-w-52">
        <button
          type="button"
          className="block max-w-full text-left"
          onClick={(click) => {
            click.stopPropagation();
            openEvent(event.id);
          }}
        >
          <span className="block truncate font-medium">{t(`kinds.${event.kind.replace(".", "_")}`)}</span>
          <span className="block truncate font-mono text-xs text-muted">{event.eventType}</span>
          <span className="flex gap-1.5 text-xs text-muted md:hidden">
            <Receiver event={event} />
            <RelativeTime date={event.createdAt} className="whitespace-nowrap" />
          </span>
        </button>
      </Td>
      <Td className="max-w-64 max-md:hidden">
        <About event={event} />
      </Td>
      <Td className="max-w-52 max-lg:hidden">
        <Receiver event={event} />
      </Td>
      <Td>
        <DeliveryBadge delivery={event} />
        {event.errorCode !== null && (
          <span className="mt-0.5 block max-w-56 truncate text-xs text-muted">{t(`errors.${event.errorCode}`)}</span>
        )}
      </Td>
      <Td className="text-right whitespace-nowrap text-muted max-md:hidden">
        <RelativeTime date={event.createdAt} />
      </Td>
    </Tr>
  );
}

/** The media and task it tells of. */
export function About({ event }: { event: Pick<DeliveryRow, "media" | "taskId"> }) {
  const t = useTranslations("events");
  const { media, taskId } = event;
  if (media === null && taskId === null) return <span className="text-faint">{t("aboutNothing")}</span>;
  const stop = (click: React.MouseEvent) => click.stopPropagation();
  return (
    <span className="flex min-w-0 flex-col">
      {media !== null &&
        (media.deleted ? (
          <span className="truncate text-muted">{media.name}</span>
        ) : (
          <Link href={routes.media(media.id)} onClick={stop} className="truncate hover:underline">
            {media.name}
          </Link>
        ))}
      {taskId !== null && (
        <span className="flex items-center gap-2">
          <Link href={routes.task(taskId)} onClick={stop} className="text-xs text-accent-text hover:underline">
            {t("task")}
          </Link>
          <CopyId id={taskId} />
        </span>
      )}
    </span>
  );
}

export function Receiver({ event: { endpoint } }: { event: Pick<DeliveryRow, "endpoint"> }) {
  const t = useTranslations("events");
  const Icon = endpoint === null ? Inbox : Webhook;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={endpoint?.url}>
      <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className={classes("truncate", endpoint?.deleted && "text-muted line-through")}>
        {endpoint === null ? t("pullQueue") : endpoint.name}
      </span>
    </span>
  );
}
