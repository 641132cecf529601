"use client";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { DeliveryAttemptRow, DeliveryDetail } from "#server/api/rows.ts";
import { formatDateTime, formatNumber } from "../../../_lib/format.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { FactList } from "../../../_ui/fact-list.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { About, Receiver } from "./event-table.tsx";

export function EventDetails({ event }: { event: DeliveryDetail }) {
  const t = useTranslations("events");
  const { endpoint, state, nextAt, endedAt } = event;
  const facts = [
    { label: t("columns.when"), value: <ExactTime date={event.createdAt} /> },
    { label: t("columns.receiver"), value: <Receiver event={event} /> },
    { label: t("columns.about"), value: <About event={event} /> },
    ...(state === "waiting"
      ? [{ label: t(endpoint === null ? "visibleAt" : "nextTry"), value: nextTry(event, nextAt, t) }]
      : [{ label: t(state === "delivered" ? "deliveredAt" : "givenUpAt"), value: <ExactTime date={endedAt} /> }]),
    ...(event.errorCode === null ? [] : [{ label: t("reason"), value: t(`errors.${event.errorCode}`) }]),
  ];
  return (
    <div className="flex flex-col gap-6">
      <FactList facts={facts} />
      {endpoint !== null && <Attempts attempts={event.attempts} />}
      {event.headers !== null && <Code title={t("headers")} text={headersText(event.headers)} />}
      {event.body === null ? (
        <p className="text-ui text-muted">{t("notMade")}</p>
      ) : (
        <Code title={t("body")} text={event.body} shown={pretty(event.body)} note={t("bodyNote")} />
      )}
    </div>
  );
}

function nextTry(event: DeliveryDetail, nextAt: Date | null, t: ReturnType<typeof useTranslations<"events">>) {
  if (event.endpoint !== null && !event.endpoint.enabled) return t("held");
  return nextAt === null ? t("notMade") : <RelativeTime date={nextAt} />;
}

function ExactTime({ date }: { date: Date | null }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return date === null ? null : <time dateTime={date.toISOString()}>{formatDateTime(locale, timeZone, date)}</time>;
}

function Attempts({ attempts }: { attempts: readonly DeliveryAttemptRow[] }) {
  const t = useTranslations("events");
  return (
    <section>
      <h3 className="mb-2 text-ui font-semibold">{t("attempts")}</h3>
      {attempts.length === 0 ? (
        <p className="text-ui text-muted">{t("noAttempts")}</p>
      ) : (
        <ol className="divide-y divide-line rounded-lg border border-line">
          {attempts.map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttemptRow }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const { number, startedAt, durationMs, status, errorCode, errorDetail, answer } = attempt;
  return (
    <li className="px-3 py-2.5 text-ui">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="w-6 text-faint">{number}</span>
        <Badge tone={errorCode === null ? "success" : "danger"}>
          {status === null ? t("noAnswer") : t("status", { status: String(status) })}
        </Badge>
        {errorCode !== null && <span>{t(`errors.${errorCode}`)}</span>}
        {errorDetail !== "" && <span className="font-mono text-xs text-muted">{errorDetail}</span>}
        <span className="ml-auto text-xs text-muted">
          {t("milliseconds", { ms: formatNumber(locale, durationMs) })} · <ExactTime date={startedAt} />
        </span>
      </div>
      {answer !== "" && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="mt-2 max-h-40 overflow-auto rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs whitespace-pre-wrap break-words"
        >
          {answer}
        </pre>
      )}
    </li>
  );
}

/** `text` is what is copied: the very bytes. */
function Code({ title, text, shown = text, note }: { title: string; text: string; shown?: string; note?: string }) {
  return (
    <section>
      <header className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-ui font-semibold">{title}</h3>
        <CopyText text={text} />
      </header>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-112 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs leading-5"
      >
        {shown}
      </pre>
      {note !== undefined && <p className="mt-1 text-xs text-muted">{note}</p>}
    </section>
  );
}

function headersText(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

function pretty(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
