"use client";
import { createContext, useContext, useSyncExternalStore } from "react";
import { ResumeRecords } from "../_engine/resume-records.ts";
import { UPLOADS_PATH } from "../_engine/upload-address.ts";
import type { UploadEntry } from "../_engine/upload-entry.ts";
import type { UploadQueue } from "../_engine/upload-queue.ts";

export const records = new ResumeRecords({
  getItem: (key) => window.localStorage.getItem(key),
  setItem: (key, value) => window.localStorage.setItem(key, value),
});

export function uploadsEndpoint(): string {
  return new URL(UPLOADS_PATH, window.location.href).href;
}

export const QueueContext = createContext<UploadQueue | null>(null);

export function useUploadQueue(): UploadQueue {
  const queue = useContext(QueueContext);
  if (queue === null) throw new Error("useUploadQueue outside of UploadProvider.");
  return queue;
}

const NOTHING: readonly UploadEntry[] = [];

export function useUploadEntries(): readonly UploadEntry[] {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.snapshot, () => NOTHING);
}
