"use client";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import { Skeleton } from "./skeleton.tsx";

export interface PlayerSource {
  url: string;
  kind: "video" | "audio" | "hls";
  poster?: string | null;
  /** Address of a WebVTT file of sprite tiles, shown while seeking. */
  thumbnailsUrl?: string | null;
}

export interface PlayerProps {
  source: PlayerSource;
  autoPlay?: boolean;
  /** Set to the element that plays, for whoever wants to know where it is or take it elsewhere. */
  element?: RefObject<HTMLVideoElement | null>;
  /** Its length is known, and one can go to places in it. */
  onReady?: () => void;
  /** Several times a second while it plays, and after a jump. */
  onTime?: (seconds: number) => void;
}

/** The controls are 43 kB and hls.js 186 kB: they come when somebody plays something. */
const Controls = dynamic(() => import("./player-controls.tsx").then((module) => module.PlayerControls), {
  ssr: false,
  loading: () => <Skeleton className="aspect-video w-full rounded-lg" />,
});

export function Player({ source, autoPlay = false, ...rest }: PlayerProps) {
  // Another source is another player: nothing of the old stream may linger.
  return <Controls key={source.url} source={source} autoPlay={autoPlay} {...rest} />;
}
