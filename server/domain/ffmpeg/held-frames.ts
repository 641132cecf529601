import { chain, filter } from "./filter.ts";

/**
 * What a viewer sees: each frame stays on screen until the next one, however far away (slides, screen recordings), and
 * the last one for good, as sound is often a little longer than the picture. So: a frame for every millisecond, without
 * end. They are references to what was decoded, which costs nothing that can be measured.
 */
export const HELD_FRAMES = chain([
  // round=up: millisecond n shows the last frame that started at or before it, not the nearest one.
  filter("fps", { fps: 1000, round: "up" }),
  filter("tpad", { stop: -1, stop_mode: "clone" }),
  // One millisecond of grace: containers round the times of frames.
  filter("setpts", ["PTS-1"]),
]);
