import type { Db } from "../db/client.ts";
import type { RunHold } from "./lease.ts";

/** Keeps the argument arrays exactly as started, program first, for whoever asks later what was run. */
export async function recordCommands(db: Db, hold: RunHold, commands: readonly string[][]): Promise<"held" | "lost"> {
  const { runId: id, fencing } = hold;
  const { count } = await db.run.updateMany({
    where: { id, fencing, state: "running" },
    data: { commands: commands.map((argv) => [...argv]) },
  });
  return count === 1 ? "held" : "lost";
}
