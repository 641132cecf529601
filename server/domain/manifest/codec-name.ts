/**
 * Names of codecs as RFC 6381 wants them, read from what encoders wrote: players look there whether they can decode a
 * stream before they load any of it, and what an encoder was asked for is not always what it does.
 */
import type { Picture } from "./manifest.ts";
import type { Mp4Timing } from "./measure.ts";

/** AAC-LC, the only kind ffmpeg's own encoder makes. */
export const AAC_CODEC = "mp4a.40.2";

/** From the first bytes of an initialisation segment. */
export function videoCodecOfMp4(init: Uint8Array, tag: Picture["codecTag"]): string {
  // ISO 14496-15: after one byte of version the records begin as the parameter sets do.
  const avc = boxContent(init, "avcC");
  if (avc !== null) return h264Name(avc.subarray(1));
  const hevc = boxContent(init, "hvcC");
  if (hevc !== null) return h265Name(hevc.subarray(1), tag);
  throw new Error("An initialisation segment without H.264 and H.265");
}

/** From the first packets of an MPEG-TS segment. */
export function videoCodecOfTs(segment: Uint8Array, tag: Picture["codecTag"]): string {
  for (const unit of nalUnits(videoPayload(segment))) {
    const [first = 0] = unit;
    // ISO 14496-10: unit 7 is a sequence parameter set. H.265's own units never look like it: their first byte is even.
    if ((first & 0x1f) === 7) return h264Name(unit.subarray(1));
    // ISO 23008-2: unit 33 likewise; two bytes of header and one of counts stand before the profile.
    if (first >> 1 === 33) return h265Name(unescaped(unit).subarray(3), tag);
  }
  throw new Error("An MPEG-TS segment that does not begin with the parameters of its picture");
}

/** The clock of an initialisation segment's only track, and what its edit list skips. */
export function mp4TimingOf(init: Uint8Array): Mp4Timing {
  const header = boxContent(init, "mdhd");
  if (header === null) throw new Error("An initialisation segment without a media header");
  // Version 1 has dates of 8 bytes instead of 4.
  const ticksPerSecond = bigEndian(header, header[0] === 1 ? 20 : 12);
  const edits = boxContent(init, "elst");
  // ffmpeg writes version 0: a count, then duration and first tick of each edit. -1 is a pause, which ours never have.
  const firstTick = edits === null || bigEndian(edits, 4) === 0 ? 0 : bigEndian(edits, 12);
  return { ticksPerSecond, skippedTicks: firstTick };
}

function h264Name([profile = 0, constraints = 0, level = 0]: Uint8Array): string {
  return `avc1.${hex(profile)}${hex(constraints)}${hex(level)}`;
}

/** ISO 14496-15, annex E: `hvc1.1.6.L93.90`. */
function h265Name(parameters: Uint8Array, tag: Picture["codecTag"]): string {
  const [general = 0] = parameters;
  const space = ["", "A", "B", "C"][general >> 6];
  const tier = (general & 0x20) === 0 ? "L" : "H";
  // The flags are written with the first one lowest.
  const compatibility = [...bigEndian(parameters, 1).toString(2).padStart(32, "0")].reverse().join("");
  const constraints = [...parameters.subarray(5, 11)].map((byte) => byte.toString(16).toUpperCase());
  while (constraints.at(-1) === "0") constraints.pop();
  const profile = `${space}${general & 0x1f}`;
  const flags = Number.parseInt(compatibility, 2).toString(16).toUpperCase();
  return [tag, profile, flags, `${tier}${parameters[11] ?? 0}`, ...constraints].join(".");
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function bigEndian(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

/** What follows the name of a box, wherever in the file it stands. Our initialisation segments hold it once. */
function boxContent(file: Uint8Array, name: string): Uint8Array | null {
  const codes = [...name].map((letter) => letter.charCodeAt(0));
  const at = file.findIndex((_, start) => codes.every((code, index) => file[start + index] === code));
  return at < 0 ? null : file.subarray(at + name.length);
}

const TS_PACKET_BYTES = 188;

/** What the packets of the first picture carry, put together. */
function videoPayload(segment: Uint8Array): Uint8Array {
  const pieces: number[] = [];
  let videoId: number | null = null;
  for (let at = 0; at + TS_PACKET_BYTES <= segment.length; at += TS_PACKET_BYTES) {
    const packet = segment.subarray(at, at + TS_PACKET_BYTES);
    const [, second = 0, third = 0, fourth = 0, adaptationBytes = 0] = packet;
    const id = ((second & 0x1f) << 8) | third;
    const payload = packet.subarray((fourth & 0x20) === 0 ? 4 : 5 + adaptationBytes);
    // A packet that begins a picture does so with 00 00 01 and a number from E0 on.
    const begins = payload[0] === 0 && payload[1] === 0 && payload[2] === 1 && ((payload[3] ?? 0) & 0xf0) === 0xe0;
    if (begins && videoId !== null) break;
    if (begins) videoId = id;
    if (id === videoId) pieces.push(...payload);
  }
  return Uint8Array.from(pieces);
}

/** Between start codes (00 00 01). The header of the packet begins with one, too, and is no unit we look for. */
function* nalUnits(stream: Uint8Array): Generator<Uint8Array> {
  let start: number | null = null;
  for (let at = 0; at + 2 < stream.length; at++) {
    if (stream[at] !== 0 || stream[at + 1] !== 0 || stream[at + 2] !== 1) continue;
    if (start !== null) yield stream.subarray(start, at);
    start = at + 3;
  }
  if (start !== null) yield stream.subarray(start);
}

/** Takes out the 3 that keeps two zeros of a unit from looking like a start code. */
function unescaped(unit: Uint8Array): Uint8Array {
  return unit.filter((byte, at) => !(byte === 3 && at >= 2 && unit[at - 1] === 0 && unit[at - 2] === 0));
}
