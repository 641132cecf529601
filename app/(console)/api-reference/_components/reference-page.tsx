"use client";
import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ApiReference, ReferenceAction } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { Card } from "../../../_ui/card.tsx";
import { classes } from "../../../_ui/classes.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { SearchInput } from "../../../_ui/text-input.tsx";
import { ActionReference } from "./action-reference.tsx";
import { useActionSummary } from "./use-action-summary.ts";

/** What programs may ask of this server, read from what requests are checked by. */
export function ReferencePage() {
  const t = useTranslations("reference");
  const reference = useQuery(useTRPC().reference.api.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  return (
    <>
      <PageHeader title={t("title")} text={t("text")} />
      {reference.isPending && <SkeletonRows />}
      {reference.isError && <LoadFailed error={reference.error} onRetry={() => void reference.refetch()} />}
      {reference.isSuccess && <Reference reference={reference.data} />}
    </>
  );
}

function keyOf({ product, name }: ReferenceAction): string {
  return product === "vod" ? name : `${product}.${name}`;
}

function Reference({ reference: { actions, events } }: { reference: ApiReference }) {
  const [chosen] = useUrlParam("action");
  const shown = actions.find((action) => keyOf(action) === chosen) ?? actions[0];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <ActionList actions={actions} shown={shown} />
      <div className="flex min-w-0 flex-col gap-4">
        {shown !== undefined && <ActionReference key={keyOf(shown)} action={shown} />}
        <EventTypes events={events} />
      </div>
    </div>
  );
}

function ActionList({ actions, shown }: { actions: readonly ReferenceAction[]; shown: ReferenceAction | undefined }) {
  const t = useTranslations("reference");
  const groups = useTranslations("reference.groups");
  const common = useTranslations("common");
  const summaryOf = useActionSummary();
  const [search, setSearch] = useUrlParam("search");
  const words = search.trim().toLowerCase();
  const found = actions.filter((action) => `${action.name} ${summaryOf(action)}`.toLowerCase().includes(words));
  const names = [...new Set(actions.map(({ group }) => group))];
  return (
    <nav aria-label={t("actions")} className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-4">
      <SearchInput value={search} onChange={setSearch} label={t("search")} />
      <div className="max-h-[70vh] overflow-y-auto rounded-lg border border-line bg-surface p-1.5 max-lg:max-h-56">
        {found.length === 0 && (
          <p className="flex items-center gap-2 px-2 py-6 text-ui text-muted">
            <SearchX className="size-4" aria-hidden />
            {common("noMatch")}
          </p>
        )}
        {names.map((group) => {
          const members = found.filter((action) => action.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group} className="pb-2">
              <h2 className="px-2 py-1 text-2xs font-medium text-faint">{groups(group)}</h2>
              <ul>
                {members.map((action) => (
                  <li key={keyOf(action)}>
                    <Link
                      href={routes.apiReference({ action: keyOf(action), search })}
                      aria-current={action === shown ? "page" : undefined}
                      className={classes(
                        "block truncate rounded px-2 py-1 font-mono text-xs hover:bg-hover",
                        action === shown && "bg-accent-soft text-accent-text",
                      )}
                    >
                      {keyOf(action)}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </nav>
  );
}

function EventTypes({ events }: { events: ApiReference["events"] }) {
  const t = useTranslations("reference");
  return (
    <Card title={t("events")} text={t("eventsText")}>
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {events.map(({ type, member }) => (
          <li key={type} className="flex flex-wrap gap-x-2 font-mono text-xs">
            <span>{type}</span>
            <span className="text-faint">{member}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-muted">
        <Link href={routes.events({ tab: "receivers" })} className="underline underline-offset-2">
          {t("receivers")}
        </Link>
      </p>
    </Card>
  );
}
