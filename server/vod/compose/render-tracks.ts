/** From the parameters of a composition back to `Tracks`, `Canvas` and `Output`. What the contract has no word for is not there. */
import type {
  ComposedClip,
  ComposedSound,
  ComposedSticker,
  ComposeParams,
} from "../../domain/operations/compose/schema.ts";
import { sideTextOf } from "../measures.ts";
import { NEVER } from "../time.ts";
import type { TrackItem } from "./tracks.ts";

const NOTHING = { VideoItem: null, AudioItem: null, StickerItem: null, TransitionItem: null, EmptyItem: null };

/** `mediaId`: of the task, which stands where a clip names none. */
export function composeInputOf(params: ComposeParams, mediaId: string) {
  const { canvas, container, video, audio, result } = params;
  const track = (Type: "Video" | "Audio" | "Sticker", TrackItems: object[]) => ({ Type, TrackItems });
  return {
    Tracks: [
      ...params.videoTracks.map(({ clips }) =>
        track(
          "Video",
          clips.flatMap((clip) => clipItemsOf(clip, mediaId)),
        ),
      ),
      ...params.audioTracks.map(({ sounds }) =>
        track(
          "Audio",
          sounds.flatMap((sound) => soundItemsOf(sound, mediaId)),
        ),
      ),
      ...params.stickerTracks.map(({ stickers }) =>
        track(
          "Sticker",
          stickers.map((sticker) => stickerItemOf(sticker, mediaId)),
        ),
      ),
    ],
    Canvas: {
      Color: canvas.canvasColor.toLowerCase() === "#ffffff" ? "White" : "Black",
      Width: canvas.canvasWidthPx,
      Height: canvas.canvasHeightPx,
    },
    Output: {
      ...{ FileName: result.name, Description: "", ClassId: 0, ExpireTime: NEVER, Container: container },
      VideoStream: video && { Codec: "libx264", Fps: video.framesPerSecond, Bitrate: video.bitrateKbps },
      AudioStream: audio && {
        Codec: container === "mp3" ? "libmp3lame" : "libfdk_aac",
        ...{ SampleRate: 48_000, AudioChannel: 2, Bitrate: audio.bitrateKbps },
      },
      RemoveVideo: video === null ? 1 : 0,
      RemoveAudio: audio === null ? 1 : 0,
    },
  };
}

function itemOf(Type: TrackItem["Type"], member: object): object {
  return { Type, ...NOTHING, [`${Type}Item`]: member };
}

function gapItemsOf(gapBeforeSeconds: number): object[] {
  return gapBeforeSeconds > 0 ? [itemOf("Empty", { Duration: gapBeforeSeconds })] : [];
}

function clipItemsOf(clip: ComposedClip, mediaId: string): object[] {
  const { gapBeforeSeconds, transition } = clip;
  const melts = [{ Type: "ImageFadeInFadeOut" }, { Type: "AudioFadeInFadeOut" }];
  return [
    ...gapItemsOf(gapBeforeSeconds),
    ...(transition === null
      ? []
      : [itemOf("Transition", { Duration: transition.seconds, Transitions: null, MediaTransitions: melts })]),
    itemOf("Video", { ...stretchOf(clip, mediaId), ...placeOf(clip) }),
  ];
}

function soundItemsOf(sound: ComposedSound, mediaId: string): object[] {
  return [...gapItemsOf(sound.gapBeforeSeconds), itemOf("Audio", stretchOf(sound, mediaId))];
}

function stickerItemOf(sticker: ComposedSticker, mediaId: string): object {
  return itemOf("Sticker", {
    SourceMedia: sticker.mediaId ?? sticker.assetId ?? mediaId,
    Duration: sticker.lastsSeconds,
    StartTime: sticker.appearsAtSeconds,
    ...placeOf(sticker),
  });
}

function stretchOf({ mediaId, startSeconds, durationSeconds, volumePercent }: ComposedSound, ofTask: string) {
  const VolumeParam = { Mute: volumePercent === 0 ? 1 : 0, Gain: volumePercent / 100 };
  return {
    SourceMedia: mediaId ?? ofTask,
    SourceMediaStartTime: startSeconds,
    Duration: durationSeconds,
    TargetDuration: 0,
    AudioOperations: volumePercent === 100 ? [] : [{ Type: "Volume", VolumeParam }],
  };
}

function placeOf({
  fromMiddleX,
  fromMiddleY,
  shownWidth,
  shownHeight,
}: Pick<ComposedSticker, "fromMiddleX" | "fromMiddleY" | "shownWidth" | "shownHeight">) {
  const text = ({ value, unit }: ComposedSticker["fromMiddleX"]) => `${value}${unit === "px" ? "px" : "%"}`;
  return {
    CoordinateOrigin: "Center",
    XPos: text(fromMiddleX),
    YPos: text(fromMiddleY),
    Width: shownWidth.value === 0 ? "" : sideTextOf(shownWidth, "width"),
    Height: shownHeight.value === 0 ? "" : sideTextOf(shownHeight, "height"),
    ImageOperations: [],
  };
}
