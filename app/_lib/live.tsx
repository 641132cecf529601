"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { LiveChange } from "#server/api/rows.ts";
import { LiveCache } from "./live-cache.ts";
import { useTRPC, useTRPCClient } from "./trpc.tsx";

export type LiveStatus = "connecting" | "on" | "off";
type Listener = (change: LiveChange) => void;

interface Live {
  status: LiveStatus;
  listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** One stream of server-sent events for the whole tab; browsers allow only six connections to a plain-http server. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [cache] = useState(() => new LiveCache(queries, trpc, client));
  const [listeners] = useState(() => new Set<Listener>());
  const [tell] = useState(() => (change: LiveChange) => {
    cache.apply(change);
    for (const listener of listeners) listener(change);
  });

  const { status } = useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      onData: ({ data }) => tell(data),
    }),
  );
  const connected = status === "pending";

  // What happened before the stream was open was not told: read again what was read before.
  useEffect(() => {
    if (connected) tell({ type: "reconnected" });
  }, [connected, tell]);
  useEffect(() => () => cache.stop(), [cache]);

  const [live] = useState(() => ({
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  }));
  const wasConnected = useWas(connected);
  const shown: LiveStatus = connected ? "on" : wasConnected ? "off" : "connecting";
  return <LiveContext value={{ ...live, status: shown }}>{children}</LiveContext>;
}

/** Whether the value has ever been true. */
function useWas(value: boolean): boolean {
  const [was, setWas] = useState(value);
  if (value && !was) setWas(true);
  return was;
}

function useLiveContext(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("Live messages outside the console.");
  return live;
}

export function useLiveStatus(): LiveStatus {
  return useLiveContext().status;
}

/** Hears every message, for what the query cache does not hold: log lines, tasks that are not on the page yet. */
export function useLive(listener: Listener): void {
  const { listen } = useLiveContext();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => listen((change) => latest.current(change)), [listen]);
}
