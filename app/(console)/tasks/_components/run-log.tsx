"use client";
import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import type { RunRow } from "#server/api/rows.ts";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Select } from "../../../_ui/select.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { SharedNote } from "./shared-note.tsx";
import { useRunLog } from "./use-run-log.ts";

/** What the programs of a run said; follows while the run goes on. */
export function RunLog({ runs }: { runs: readonly RunRow[] }) {
  const t = useTranslations("tasks");
  const states = useTranslations("states.run");
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs[0];
  if (run === undefined) return <EmptyState icon={<ScrollText />} title={t("noRuns")} text={t("noRunsText")} />;
  return (
    <div className="flex flex-col gap-3">
      {runs.length > 1 && (
        <Select
          size="sm"
          className="w-56"
          label={t("views.runs")}
          value={run.id}
          onChange={setChosen}
          options={runs.map(({ id, attempt, state }) => ({
            value: id,
            label: `${t("attempt", { number: attempt })} · ${states(state)}`,
          }))}
        />
      )}
      <SharedNote subtaskNumbers={run.subtaskNumbers} />
      <LogOf key={run.id} runId={run.id} />
    </div>
  );
}

/** Within this many pixels of the end one is reading the end. */
const NEAR_END_PX = 40;

function LogOf({ runId }: { runId: string }) {
  const t = useTranslations("tasks");
  const messageOf = useFailureMessage();
  const { text, ended, error, loaded, retry } = useRunLog(runId);
  const box = useRef<HTMLPreElement>(null);
  const following = useRef(true);

  useLayoutEffect(() => {
    const { current } = box;
    if (current !== null && following.current) current.scrollTop = current.scrollHeight;
  }, [text]);

  if (!loaded) return <Skeleton className="h-64" />;
  if (error !== null && text === "") return <ErrorState title={messageOf(error).text} onRetry={retry} />;
  if (ended && text === "") return <EmptyState icon={<ScrollText />} title={t("logEmpty")} text={t("logEmptyText")} />;
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex h-8 items-center justify-between gap-2 border-b border-line pr-1 pl-3 text-xs text-muted">
        <span className="flex items-center gap-2">
          {!ended && <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-info" />}
          {t(ended ? "logEnded" : "logFollowing")}
        </span>
        {text !== "" && <CopyText text={text} />}
      </figcaption>
      <pre
        ref={box}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={t("views.log")}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          following.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
        className="h-[min(60dvh,36rem)] overflow-auto px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text === "" ? <span className="text-faint">{t("logWaiting")}</span> : text}
      </pre>
    </figure>
  );
}
