import { z } from "zod";
import { composeFields, refuseContradictions } from "#domain/operations/compose/schema.ts";

const fields = z.strictObject(composeFields);
export type ComposeInput = z.output<typeof fields>;

/** Here every clip and every sound names its media: before there is a task, there is none to be meant. */
export const composeInput = fields.superRefine(refuseContradictions).superRefine((input, context) => {
  const tracks = [
    ...input.videoTracks.map(({ clips }, index) => ({ items: clips, path: ["videoTracks", index, "clips"] })),
    ...input.audioTracks.map(({ sounds }, index) => ({ items: sounds, path: ["audioTracks", index, "sounds"] })),
  ];
  for (const { items, path } of tracks)
    for (const [index, { mediaId }] of items.entries())
      if (mediaId === null)
        context.addIssue({ code: "custom", path: [...path, index, "mediaId"], message: "mediaNeeded" });
});
