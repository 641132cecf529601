/** `TEHDConfig`: as many bits as the content needs, below a ceiling; ours is `contentAdaptive`. */
import { z } from "zod";
import type { ContentAdaptive } from "#domain/operations/transcode/content-adaptive.ts";
import { zeroOrBetween } from "./sizes.ts";

export const tehdConfig = z.object({
  Type: z.enum(["TEHD-100", "OFF", ""]).optional(),
  /** 0: the encoder's own. */
  MaxVideoBitrate: zeroOrBetween(16, 100_000).optional(),
});
export type TehdConfig = z.output<typeof tehdConfig>;

/** Undefined: nothing is said of it. Null: off. Type and ceiling may be changed apart. */
export function contentAdaptiveOf(
  config: TehdConfig | undefined,
  current: ContentAdaptive | null = null,
): ContentAdaptive | null | undefined {
  if (config === undefined) return undefined;
  const { Type = current === null ? undefined : "TEHD-100", MaxVideoBitrate: bitrateKbpsMax } = config;
  if (Type === undefined) return undefined;
  return Type === "TEHD-100" ? { bitrateKbpsMax: bitrateKbpsMax ?? current?.bitrateKbpsMax ?? 0 } : null;
}

/** Null where it is not used, as answers show it. */
export function wireTehdOf(contentAdaptive: ContentAdaptive | null) {
  if (contentAdaptive === null) return null;
  return { Type: "TEHD-100" as const, MaxVideoBitrate: contentAdaptive.bitrateKbpsMax };
}
