"use client";
import { TEMPLATE_KINDS } from "#domain/template.ts";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { ORDERS, ORIGINS, type Order, type Origin } from "../filter-templates.ts";

export const ALL_KINDS = "all";
export const KIND_TABS = [ALL_KINDS, ...TEMPLATE_KINDS] as const;
export type KindTab = (typeof KIND_TABS)[number];

/** What the list shows, kept in the address. */
export function useTemplateFilters() {
  const [kindParam, setKind] = useUrlParam("kind");
  const [search, setSearch] = useUrlParam("search");
  const [originParam, setOrigin] = useUrlParam("origin");
  const [orderParam, setOrder] = useUrlParam("sort");
  const origin = ORIGINS.find((each) => each === originParam) ?? "all";
  return {
    kind: KIND_TABS.find((each) => each === kindParam) ?? ALL_KINDS,
    setKind: (kind: KindTab) => setKind(kind === ALL_KINDS ? "" : kind),
    search,
    setSearch,
    origin,
    setOrigin: (next: Origin) => setOrigin(next === "all" ? "" : next),
    order: ORDERS.find((each) => each === orderParam) ?? "purpose",
    setOrder: (next: Order) => setOrder(next === "purpose" ? "" : next),
    filtering: search !== "" || origin !== "all",
    clear: () => {
      setSearch("");
      setOrigin("");
    },
  };
}
