"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Template } from "#domain/template.ts";
import type { Stretch } from "#domain/trial/trial.ts";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";

/** It is told when it changes; asking now and then says that somebody still waits. */
const ASK_EVERY_MS = 4_000;

export interface TrialWish {
  template: Template;
  mediaId: string;
  stretch: Stretch;
  rung: number;
}

/** The latest trial of this page. Leaving the page cancels it. */
export function useTrial() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [id, setId] = useState<string | null>(null);
  const latest = useRef<string | null>(null);
  const trial = useQuery({
    ...trpc.trials.get.queryOptions({ id: id ?? "" }),
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data !== undefined && hasEnded(data.state) ? false : ASK_EVERY_MS),
    refetchIntervalInBackground: true,
  });
  const cancel = useCallback(() => {
    // Whoever leaves does not wait for an answer; what goes wrong, the server's own watch puts right.
    if (latest.current !== null) void client.trials.cancel.mutate({ id: latest.current }).catch(() => undefined);
  }, [client]);
  useEffect(() => cancel, [cancel]);
  const start = useMutation({
    mutationFn: (wish: TrialWish) => client.trials.create.mutate(wish),
    onSuccess: ({ trialId }) => {
      latest.current = trialId;
      setId(trialId);
    },
  });
  const unended = trial.data !== undefined && !hasEnded(trial.data.state);
  const busy = start.isPending || (id !== null && trial.isPending) || unended;
  return { start: start.mutate, cancel, busy, trial: trial.data, error: start.error ?? trial.error };
}

function hasEnded(state: string): boolean {
  return state !== "waiting" && state !== "running";
}
