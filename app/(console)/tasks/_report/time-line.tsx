"use client";
import { useTranslations } from "next-intl";
import type { CheckName, Finding, Report } from "#domain/report/report.ts";
import { formatTimestamp } from "../../../_lib/format.ts";
import { classes } from "../../../_ui/classes.ts";
import { placeOf } from "./read-report.ts";

interface TimeLineProps {
  report: Report;
  /** Where the player is. */
  atSeconds: number;
  /** Absent: nothing can be played. */
  onSeek?: (seconds: number) => void;
}

/** A lane for each check, with a span where it found something. */
export function TimeLine({ report, atSeconds, onSeek }: TimeLineProps) {
  const { checks, findings, stretch, durationSeconds } = report;
  return (
    <div className="flex flex-col gap-1.5">
      {checks.map((check) => (
        <Lane
          key={check}
          check={check}
          findings={findings.filter((finding) => finding.check === check)}
          {...{ stretch, durationSeconds, atSeconds, onSeek }}
        />
      ))}
      <Lanes>
        <span />
        <span className="flex justify-between text-2xs text-faint" aria-hidden>
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <span key={share}>{formatTimestamp(Math.round(share * durationSeconds * 10) / 10)}</span>
          ))}
        </span>
      </Lanes>
    </div>
  );
}

function Lanes({ children }: { children: React.ReactNode }) {
  return <div className="grid items-center gap-x-3 gap-y-0.5 sm:grid-cols-[8.5rem_1fr]">{children}</div>;
}

interface LaneProps {
  check: CheckName;
  findings: readonly Finding[];
  stretch: Report["stretch"];
  durationSeconds: number;
  atSeconds: number;
  onSeek?: (seconds: number) => void;
}

function Lane({ check, findings, stretch, durationSeconds, atSeconds, onSeek }: LaneProps) {
  const t = useTranslations("report");
  return (
    <Lanes>
      <span className={classes("truncate text-xs", findings.length > 0 ? "font-medium" : "text-muted")}>
        {t(`check.${check}`)}
        {findings.length === 0 && <span className="sr-only">: {t("nothing")}</span>}
      </span>
      <div className="relative h-5 overflow-hidden rounded-sm bg-sunken">
        {stretch !== null && <NotLookedAt stretch={stretch} durationSeconds={durationSeconds} />}
        {findings.map((finding, index) => {
          const { left, width } = placeOf(finding, durationSeconds);
          const words = {
            check: t(`check.${check}`),
            from: formatTimestamp(finding.startSeconds),
            to: formatTimestamp(finding.endSeconds),
          };
          return (
            <button
              key={index}
              type="button"
              disabled={onSeek === undefined}
              aria-label={t("spanLabel", words)}
              title={`${words.check} · ${words.from} – ${words.to}`}
              onClick={() => onSeek?.(finding.startSeconds)}
              // Something short must still be seen and hit, also at the very end.
              style={{ left: `min(${left}%, 100% - 6px)`, width: `max(6px, ${width}%)` }}
              className={classes(
                "absolute inset-y-0.5 rounded-xs outline-offset-1 enabled:cursor-pointer enabled:hover:brightness-110",
                finding.severity === "error" ? "bg-danger" : "bg-warning",
              )}
            />
          );
        })}
        {onSeek !== undefined && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-px bg-accent"
            style={{ left: `${placeOf({ startSeconds: atSeconds, endSeconds: atSeconds }, durationSeconds).left}%` }}
          />
        )}
      </div>
    </Lanes>
  );
}

/** Hatched, so that nothing there is not taken for nothing wrong. */
function NotLookedAt({
  stretch,
  durationSeconds,
}: {
  stretch: NonNullable<Report["stretch"]>;
  durationSeconds: number;
}) {
  const t = useTranslations("report");
  const outside = [
    { startSeconds: 0, endSeconds: stretch.startSeconds },
    { startSeconds: stretch.endSeconds, endSeconds: durationSeconds },
  ].map((span) => placeOf(span, durationSeconds));
  return outside
    .filter(({ width }) => width > 0)
    .map(({ left, width }) => (
      <span
        key={left}
        title={t("notLookedAt")}
        style={{ left: `${left}%`, width: `${width}%` }}
        className="absolute inset-y-0 bg-[repeating-linear-gradient(135deg,var(--color-line)_0_1px,transparent_1px_5px)]"
      />
    ));
}
