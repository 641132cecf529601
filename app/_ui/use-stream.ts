"use client";
import { type RefObject, useEffect, useRef } from "react";
import type { PlayerSource } from "./player.tsx";

/** Gives a media element its source; HLS goes through hls.js wherever the browser can run it. */
export function useStream(media: RefObject<HTMLVideoElement | null>, source: PlayerSource, onBroken: () => void): void {
  const broken = useRef(onBroken);
  useEffect(() => {
    broken.current = onBroken;
  });
  const { kind, url } = source;
  useEffect(() => {
    const element = media.current;
    if (element === null) return;
    if (kind === "hls") return playHls(element, url, () => broken.current());
    element.src = url;
    return () => {
      // Without this the browser goes on downloading what nobody watches.
      element.removeAttribute("src");
      element.load();
    };
  }, [media, kind, url]);
}

function playHls(element: HTMLVideoElement, url: string, onBroken: () => void): () => void {
  let stop = () => {};
  let stopped = false;
  void import("hls.js").then(({ default: Hls }) => {
    if (stopped) return;
    // First hls.js, then the browser's own player: Chromium claims to play HLS and does it less well.
    if (!Hls.isSupported()) {
      element.src = url;
      return;
    }
    const hls = new Hls();
    stop = () => hls.destroy();
    hls.on(Hls.Events.ERROR, (_, { fatal }) => {
      if (fatal) onBroken();
    });
    hls.loadSource(url);
    hls.attachMedia(element);
  }, onBroken);
  return () => {
    stopped = true;
    stop();
  };
}
