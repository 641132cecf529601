"use client";
import { History } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { RunState } from "#domain/task.ts";
import type { RunRow } from "#server/api/rows.ts";
import { formatElapsed } from "../../../_lib/format.ts";
import { shellLine, shellLines } from "../../../_lib/shell-quote.ts";
import { Badge, type Tone } from "../../../_ui/badge.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { FailureNote } from "./failure-note.tsx";
import { SharedNote } from "./shared-note.tsx";

const TONES: Record<RunState, Tone> = {
  queued: "neutral",
  admitted: "neutral",
  running: "info",
  succeeded: "success",
  failed: "danger",
  lost: "warning",
  cancelled: "warning",
};

/** Every attempt, newest first, with the exact commands it ran. */
export function RunHistory({ runs }: { runs: readonly RunRow[] }) {
  const t = useTranslations("tasks");
  if (runs.length === 0) return <EmptyState icon={<History />} title={t("noRuns")} text={t("noRunsText")} />;
  return (
    <ol className="flex flex-col gap-4">
      {runs.map((run) => (
        <li key={run.id} className="rounded-lg border border-line">
          <RunHeader run={run} />
          {(run.error !== null || run.commands.length > 0 || run.subtaskNumbers.length > 1) && (
            <div className="flex flex-col gap-3 border-t border-line p-3">
              <SharedNote subtaskNumbers={run.subtaskNumbers} />
              {run.error !== null && <FailureNote error={run.error} />}
              {run.commands.map((argv, index) => (
                <CommandBlock
                  key={index}
                  argv={argv}
                  title={t("command", { number: index + 1, total: run.commands.length })}
                />
              ))}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function RunHeader({ run }: { run: RunRow }) {
  const t = useTranslations("tasks");
  const states = useTranslations("states.run");
  const locale = useLocale();
  const seconds =
    run.startedAt === null || run.endedAt === null ? null : (run.endedAt.getTime() - run.startedAt.getTime()) / 1000;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-ui">
      <span className="font-medium">{t("attempt", { number: run.attempt })}</span>
      <Badge tone={TONES[run.state]}>{states(run.state)}</Badge>
      <RelativeTime date={run.startedAt ?? run.createdAt} className="text-muted" />
      {seconds !== null && <span className="text-muted">{t("took", { time: formatElapsed(locale, seconds) })}</span>}
      {run.workerHost !== null && <span className="text-muted">{t("onWorker", { host: run.workerHost })}</span>}
      <span className="ml-auto">
        <CopyId id={run.id} />
      </span>
    </header>
  );
}

/** Shown with a line per option; copied as the one line that was run. */
function CommandBlock({ argv, title }: { argv: readonly string[]; title: string }) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3">
        <span className="text-xs text-muted">{title}</span>
        <CopyText text={shellLine(argv)} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} className="max-h-72 overflow-auto px-3 py-2 font-mono text-xs leading-5">
        {shellLines(argv)}
      </pre>
    </figure>
  );
}
