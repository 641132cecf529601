/**
 * How bright a sheet of white paper is, as a share of the signal (ITU-R BT.2408): 203 cd/m² in HDR10. What is drawn into a
 * film is white like paper; the brightest value of HDR is light to look away from.
 */
export const PAPER_WHITE = { sdr: 1, hdr10: 0.58, hlg: 0.75 } as const;
