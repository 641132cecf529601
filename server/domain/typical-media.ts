import type { MediaInfo } from "./media.ts";

/** What a minute of a film usually is: to show what would be done before there is any media to do it with. */
export const TYPICAL_MEDIA: MediaInfo = {
  formatName: "mov,mp4,m4a,3gp,3g2,mj2",
  durationSeconds: 60,
  sizeBytes: 46_000_000,
  bitrateBps: 6_128_000,
  video: {
    index: 0,
    codec: "h264",
    profile: "High",
    codecTag: "avc1",
    pixelFormat: "yuv420p",
    widthPx: 1920,
    heightPx: 1080,
    sampleAspectRatio: 1,
    rotationDegrees: 0,
    framesPerSecond: 25,
    variableFrameRate: false,
    bitrateBps: 6_000_000,
    durationSeconds: 60,
    dynamicRange: "sdr",
    colourMatrix: "bt709",
    interlaced: false,
    language: null,
  },
  audio: [
    {
      index: 1,
      codec: "aac",
      channels: 2,
      sampleRateHz: 48_000,
      bitrateBps: 128_000,
      durationSeconds: 60,
      language: null,
      title: null,
      isDefault: true,
    },
  ],
  subtitles: [],
  attachedPictureIndex: null,
};
