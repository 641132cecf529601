"use client";
import { addTranslation, setLanguage } from "media-chrome/utils/i18n";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";

/** The player's buttons speak the console's language, not the browser's. */
export function usePlayerWords(): void {
  const locale = useLocale();
  const t = useTranslations("common.player");
  // While rendering, because the elements read their words once, when they are made.
  useMemo(() => {
    addTranslation(locale, {
      Play: t("play"),
      Pause: t("pause"),
      Mute: t("mute"),
      Unmute: t("unmute"),
      play: t("play"),
      pause: t("pause"),
      mute: t("mute"),
      unmute: t("unmute"),
      volume: t("volume"),
      seek: t("seek"),
      "Playback rate": t("speed"),
      "current playback rate": t("speed"),
      "playback time": t("time"),
      "Enter fullscreen mode": t("fullscreen"),
      "Exit fullscreen mode": t("exitFullscreen"),
      "enter fullscreen mode": t("fullscreen"),
      "exit fullscreen mode": t("exitFullscreen"),
      "Enter picture in picture mode": t("pictureInPicture"),
      "Exit picture in picture mode": t("exitPictureInPicture"),
      "enter picture in picture mode": t("pictureInPicture"),
      "exit picture in picture mode": t("exitPictureInPicture"),
      Captions: t("subtitles"),
      "closed captions": t("subtitles"),
      Off: t("subtitlesOff"),
      "video player": t("videoPlayer"),
      "audio player": t("audioPlayer"),
    });
    setLanguage(locale);
  }, [locale, t]);
}
