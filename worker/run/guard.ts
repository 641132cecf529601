/** How guard.sh is called: it fences in whatever reads strangers' files, and is the only way that is started. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

export const GUARD_PATH = fileURLToPath(new URL("guard.sh", import.meta.url));

/** What the kernel lets one process take. */
export interface ProcessLimits {
  /** Of address space, which is always more than what is in memory at a time. */
  memoryBytes: number;
  /** Summed over its threads. */
  processorSeconds: number;
  /** Of any one file it writes. */
  fileBytes: number;
}

const GIB = 1024 ** 3;

/** Far beyond honest work: they end what runs away. Threads reserve address space, so memory grows with their number. */
export const PROCESS_LIMITS: ProcessLimits = {
  memoryBytes: (8 + availableParallelism()) * GIB,
  processorSeconds: 24 * 3600 * availableParallelism(),
  fileBytes: 128 * GIB,
};

/** The arguments of guard.sh that stand before those of the program: `ffmpeg`, `ffprobe`, or the path of this Node. */
export function guardArguments(program: string, limits: ProcessLimits): string[] {
  const kib = (bytes: number) => String(Math.ceil(bytes / 1024));
  return [
    "--guard",
    program,
    String(process.pid),
    kib(limits.memoryBytes),
    String(limits.processorSeconds),
    kib(limits.fileBytes),
  ];
}
