"use client";
import {
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaLoadingIndicator,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaPlaybackRateButton,
  MediaPreviewThumbnail,
  MediaPreviewTimeDisplay,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from "media-chrome/react";
import { MediaCaptionsMenu, MediaCaptionsMenuButton } from "media-chrome/react/menu";
import { useTranslations } from "next-intl";
import { type CSSProperties, useRef, useState } from "react";
import { classes } from "./classes.ts";
import type { PlayerProps } from "./player.tsx";
import { usePlayerWords } from "./use-player-words.ts";
import { useStream } from "./use-stream.ts";

/** media-chrome takes its look from these; over a picture the controls are light in both themes. */
const LOOK: CSSProperties & Record<`--media-${string}`, string> = {
  "--media-font-family": "var(--font-sans)",
  "--media-font-size": "13px",
  "--media-primary-color": "#fff",
  "--media-secondary-color": "transparent",
  "--media-control-background": "transparent",
  "--media-control-hover-background": "rgb(255 255 255 / 16%)",
  "--media-range-bar-color": "var(--accent)",
  "--media-range-track-background": "rgb(255 255 255 / 32%)",
  "--media-range-thumb-background": "#fff",
  "--media-preview-thumbnail-border": "1px solid rgb(255 255 255 / 60%)",
  "--media-preview-thumbnail-border-radius": "4px",
  "--media-button-icon-height": "20px",
  "--media-menu-background": "rgb(20 20 20 / 92%)",
};

export function PlayerControls({ source, autoPlay, element, onReady, onTime }: PlayerProps) {
  const t = useTranslations("common.player");
  const own = useRef<HTMLVideoElement>(null);
  const media = element ?? own;
  const [broken, setBroken] = useState(false);
  usePlayerWords();
  useStream(media, source, () => setBroken(true));
  const audio = source.kind === "audio";
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-black">
      {broken && (
        <p role="alert" className="bg-danger-soft px-3 py-2 text-ui text-danger-text">
          {t("broken")}
        </p>
      )}
      <MediaController
        style={LOOK}
        audio={audio}
        gesturesDisabled={audio}
        className={classes("block w-full", audio ? "h-12 bg-neutral-900" : "aspect-video max-h-[70dvh]")}
      >
        {/* biome-ignore lint/a11y/useMediaCaption: what is played is the user's own material, with the captions it has. */}
        <video
          ref={media}
          slot="media"
          playsInline
          autoPlay={autoPlay}
          preload="metadata"
          poster={source.poster ?? undefined}
          onError={() => setBroken(true)}
          onLoadedMetadata={onReady}
          onTimeUpdate={({ currentTarget }) => onTime?.(currentTarget.currentTime)}
        >
          {source.thumbnailsUrl && <track label="thumbnails" kind="metadata" src={source.thumbnailsUrl} default />}
        </video>
        {!audio && <MediaLoadingIndicator slot="centered-chrome" noAutohide />}
        <MediaCaptionsMenu hidden anchor="auto" />
        {/* Tailwind's reset takes away the padding these elements give themselves. */}
        <MediaControlBar
          className={classes(
            "w-full px-2 [&>*]:px-2 [&>*]:py-2.5",
            !audio && "bg-linear-to-t from-black/70 to-transparent",
          )}
        >
          <MediaPlayButton />
          <MediaMuteButton />
          <MediaVolumeRange className="max-sm:hidden" />
          <MediaTimeRange>
            <MediaPreviewThumbnail slot="preview" />
            <MediaPreviewTimeDisplay slot="preview" />
          </MediaTimeRange>
          <MediaTimeDisplay showDuration />
          <MediaPlaybackRateButton className="max-sm:hidden" />
          {/* Only where the stream has subtitles to choose from. */}
          <MediaCaptionsMenuButton className="not-[[mediasubtitleslist]]:hidden" />
          {!audio && <MediaPipButton className="max-sm:hidden" />}
          {!audio && <MediaFullscreenButton />}
        </MediaControlBar>
      </MediaController>
    </div>
  );
}
