"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";
import { uploadIdOf } from "../_engine/upload-address.ts";
import { isUnfinished } from "../_engine/upload-entry.ts";
import { UploadQueue } from "../_engine/upload-queue.ts";
import { UploadIndicator } from "./upload-indicator.tsx";
import { QueueContext, records, uploadsEndpoint } from "./upload-queue-context.ts";

/** Stands in the console's layout, so that uploads go on while one looks at other pages. */
export function UploadProvider({ children }: { children: ReactNode }) {
  // The address is asked for when it is needed: this renders on the server too, where there is none.
  const [queue] = useState(
    () =>
      new UploadQueue({
        get endpoint() {
          return uploadsEndpoint();
        },
        records,
      }),
  );
  useWarnOnLeave(queue);
  useRetryWhenOnline(queue);
  useTellServer(queue);
  return (
    <QueueContext value={queue}>
      {children}
      <UploadIndicator />
    </QueueContext>
  );
}

function useWarnOnLeave(queue: UploadQueue): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (queue.snapshot().some(isUnfinished)) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [queue]);
}

function useRetryWhenOnline(queue: UploadQueue): void {
  useEffect(() => {
    const retry = () => queue.retryNow();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [queue]);
}

/**
 * The server notices the last byte by itself. It is told nevertheless, once: if its answer to that byte was lost in a
 * restart, this sets the file on its way.
 */
function useTellServer(queue: UploadQueue): void {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const uploadsKey = useTRPC().uploads.list.queryKey();
  useEffect(() => {
    const told = new Set<string>();
    return queue.subscribe(() => {
      for (const { id, state, uploadUrl } of queue.snapshot()) {
        if (state !== "sent" || uploadUrl === null || told.has(id)) continue;
        told.add(id);
        void client.uploads.complete
          .mutate({ id: uploadIdOf(uploadUrl) })
          // Whatever went wrong shows in the list, which is the server's word.
          .catch(() => {})
          .then(() => queryClient.invalidateQueries({ queryKey: uploadsKey }));
      }
    });
  }, [queue, client, queryClient, uploadsKey]);
}
