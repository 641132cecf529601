import { z } from "zod";
import { ok } from "#domain/result.ts";
import { said } from "../said.ts";
import { sizeFields, sizeOf, wireSizeOf } from "./sizes.ts";
import { matchesPreset, nameFields, presetFilter, templateActions } from "./template-actions.ts";

const animation = z.object({
  ...nameFields,
  Fps: z.int().min(1).max(30).optional(),
  ...sizeFields(128, 4096),
  Format: z.enum(["gif", "webp"]).optional(),
  Quality: z.number().min(1).max(100).optional(),
});

function animationOf(input: z.output<typeof animation>) {
  return {
    ...sizeOf(input),
    ...said({ framesPerSecond: input.Fps, format: input.Format, quality: input.Quality }),
  };
}

export const animatedGraphicsActions = templateActions({
  name: "AnimatedGraphics",
  family: "animated-graphic",
  countMax: 16,
  create: animation.required({ Fps: true }),
  build: (input) => ok({ kind: "animated-graphic", params: animationOf(input) }),
  change: animation,
  rebuild: (input, current) => ok({ kind: "animated-graphic", params: { ...current.params, ...animationOf(input) } }),
  filter: presetFilter,
  matches: matchesPreset,
  show: (templates) =>
    templates.flatMap((one) =>
      one.kind === "animated-graphic"
        ? {
            ...wireSizeOf(one.params),
            ...{ Fps: one.params.framesPerSecond, Format: one.params.format, Quality: one.params.quality },
          }
        : [],
    ),
  fields: {
    ...{ widthPx: "Width", heightPx: "Height", framesPerSecond: "Fps", format: "Format", quality: "Quality" },
  },
});
