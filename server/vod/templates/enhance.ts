/** `EnhanceConfig`: what is done to picture and sound beyond encoding. Of what is not done here, nothing may be switched on. */
import { z } from "zod";
import type { Enhance } from "#domain/operations/transcode/enhance.ts";
import type { SoundCare } from "#domain/operations/transcode/sound-care.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Refusal } from "../refusal.ts";
import { refuseUnsupported } from "../refuse-field.ts";
import { said } from "../said.ts";
import { wordsOf } from "../words.ts";

const state = z.enum(["ON", "OFF"]).optional();
const strengths = wordsOf({ light: "weak", strong: "strong" });

export const enhanceConfig = z.object({
  VideoEnhance: z
    .object({
      Denoise: z.object({ Switch: state, Type: z.enum(strengths.wire).optional() }).optional(),
      FrameRateWithDen: z
        .object({ Switch: state, FpsNum: z.number().min(0).optional(), FpsDen: z.number().min(1).optional() })
        .optional(),
    })
    .catchall(z.unknown())
    .optional(),
  AudioEnhance: z
    .object({
      Denoise: z.object({ Switch: state }).optional(),
      VolumeBalance: z.object({ Switch: state, Type: z.enum(["loudNorm", "gainControl"]).optional() }).optional(),
    })
    .catchall(z.unknown())
    .optional(),
});
export type EnhanceConfig = z.output<typeof enhanceConfig>;

/** What is said, field by field. Undefined: nothing is. */
export interface Enhancement {
  picture: Partial<Pick<Enhance, "denoise" | "interpolateTo">> | undefined;
  sound: Partial<Pick<SoundCare, "denoise" | "loudness">> | undefined;
}

export function enhancementOf({ VideoEnhance, AudioEnhance }: EnhanceConfig): Result<Enhancement, Refusal> {
  const { Denoise: pictureNoise, FrameRateWithDen: rate, ...otherPicture } = VideoEnhance ?? {};
  const { Denoise: soundNoise, VolumeBalance: volume, ...otherSound } = AudioEnhance ?? {};
  const other = Object.entries({ ...otherPicture, ...otherSound }).find(([, value]) => isOn(value));
  if (other !== undefined) return refuseUnsupported(`EnhanceConfig.${other[0]}`);
  if (isOn(volume) && volume?.Type === "gainControl") return refuseUnsupported("EnhanceConfig.VolumeBalance.Type");
  const frames = isOn(rate) ? (rate?.FpsNum ?? 0) / (rate?.FpsDen ?? 1) : 0;
  if (!Number.isInteger(frames) || frames > 60) return refuseUnsupported("EnhanceConfig.FrameRateWithDen");
  return ok({
    picture: nothingOr({
      denoise: pictureNoise && (isOn(pictureNoise) ? strengths.toOurs(pictureNoise.Type ?? "weak") : "off"),
      interpolateTo: rate && frames,
    }),
    sound: nothingOr({
      denoise: soundNoise && (isOn(soundNoise) ? ("light" as const) : ("off" as const)),
      loudness: volume && (isOn(volume) ? ("ebu-r128" as const) : ("keep" as const)),
    }),
  });
}

function nothingOr<T extends object>(fields: T) {
  const given = said(fields);
  return Object.keys(given).length === 0 ? undefined : given;
}

function isOn(value: unknown): boolean {
  return z.object({ Switch: z.literal("ON") }).safeParse(value).success;
}

/** Null where nothing is done. */
export function wireEnhanceOf(picture: Enhance | null, sound: SoundCare | null) {
  const VideoEnhance = picture !== null && (picture.denoise !== "off" || picture.interpolateTo > 0);
  const AudioEnhance = sound !== null && (sound.denoise !== "off" || sound.loudness !== "keep");
  if (!VideoEnhance && !AudioEnhance) return null;
  return {
    VideoEnhance: VideoEnhance ? wirePictureOf(picture) : null,
    AudioEnhance: AudioEnhance
      ? {
          Denoise: { Switch: switchOf(sound.denoise !== "off") },
          VolumeBalance: { Switch: switchOf(sound.loudness !== "keep"), Type: "loudNorm" },
        }
      : null,
  };
}

function wirePictureOf({ denoise, interpolateTo }: Enhance) {
  return {
    Denoise: {
      Switch: switchOf(denoise !== "off"),
      // Ours has a strength between the two.
      Type: denoise === "strong" ? "strong" : "weak",
    },
    FrameRateWithDen: { Switch: switchOf(interpolateTo > 0), FpsNum: interpolateTo, FpsDen: 1 },
  };
}

function switchOf(on: boolean): "ON" | "OFF" {
  return on ? "ON" : "OFF";
}
