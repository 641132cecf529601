import type { PlannedFile } from "../plan.ts";
import { dashManifestOf } from "./dash-manifest.ts";
import type { FinishedFiles } from "./finished-files.ts";
import { hlsMasterOf } from "./hls-master.ts";
import { measureStreams } from "./measure.ts";

/** The text of a file the worker writes itself; that of a manifest is made of what ffmpeg has written. */
export async function plannedText(file: PlannedFile, finished: FinishedFiles): Promise<string> {
  if ("text" in file) return file.text;
  const measured = await measureStreams(file.manifest, finished);
  switch (file.format) {
    case "hls":
      return hlsMasterOf(file.manifest, measured);
    case "dash":
      return dashManifestOf(file.manifest, measured);
  }
}
