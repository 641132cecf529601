/** Templates of review, analysis and recognition, which nothing here carries out. */
import { z } from "zod";
import { type Action, action } from "../action.ts";
import { refuse } from "../refusal.ts";

const KINDS = ["AIAnalysis", "AIRecognition", "ContentReview", "Review"];

const names = KINDS.flatMap((kind) => [
  ...["Create", "Modify", "Delete"].map((verb) => `${verb}${kind}Template`),
  `Describe${kind}Templates`,
]);

export const aiTemplateActions: readonly Action[] = names.map((name) =>
  action({
    name,
    request: z.object({}),
    handle: async () => refuse("UnsupportedOperation", "This server reviews, analyses and recognises nothing."),
  }),
);
