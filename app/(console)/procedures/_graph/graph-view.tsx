"use client";
import dynamic from "next/dynamic";
import { Skeleton } from "../../../_ui/skeleton.tsx";

/** The graph is a tenth of a megabyte of script, which only those who look at one load. */
export const GraphView = dynamic(() => import("./graph-area.tsx").then((module) => module.GraphArea), {
  ssr: false,
  loading: () => <Skeleton className="h-96" />,
});
