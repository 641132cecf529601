"use client";
import { useEffect, useState } from "react";
import { useLive } from "../../../_lib/live.tsx";
import { useTRPCClient } from "../../../_lib/trpc.tsx";

interface LogState {
  text: string;
  ended: boolean;
  error: unknown;
  loaded: boolean;
}

const NOTHING_YET: LogState = { text: "", ended: false, error: null, loaded: false };

/** A run's log, growing while it is written: each read asks only for what came after the last one. */
export function useRunLog(runId: string): LogState & { retry: () => void } {
  const client = useTRPCClient();
  const [state, setState] = useState(NOTHING_YET);
  const [reader, setReader] = useState<{ read: () => void } | null>(null);

  useEffect(() => {
    let lastNumber = 0;
    let reading = false;
    let wanted = false;
    let closed = false;
    const read = async () => {
      // Lines come faster than answers: while one read is under way, any number of wishes make one more.
      if (reading) {
        wanted = true;
        return;
      }
      reading = true;
      try {
        const { chunks, ended } = await client.tasks.log.query({ runId, afterNumber: lastNumber });
        if (closed) return;
        lastNumber = chunks.at(-1)?.number ?? lastNumber;
        const added = chunks.map(({ text }) => text).join("");
        setState((before) => ({ text: before.text + added, ended, error: null, loaded: true }));
      } catch (error) {
        if (!closed) setState((before) => ({ ...before, error, loaded: true }));
      } finally {
        reading = false;
        if (wanted && !closed) {
          wanted = false;
          void read();
        }
      }
    };
    setState(NOTHING_YET);
    setReader({ read: () => void read() });
    void read();
    return () => {
      closed = true;
    };
  }, [client, runId]);

  useLive((change) => {
    const concerns =
      (change.type === "log" && change.runId === runId) || change.type === "task" || change.type === "reconnected";
    if (concerns && !state.ended) reader?.read();
  });
  return { ...state, retry: () => reader?.read() };
}
