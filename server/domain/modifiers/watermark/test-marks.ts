/** Marks as operations are given them, and pictures to make them of. Never imported by the product. */
import sharp from "sharp";
import type { AssetInfo } from "../../asset.ts";
import type { NamedFile } from "../../plan.ts";

/** An image mark with its template's parameters beside those of its use. */
export function imageMark(mark: object = {}, rest: object = {}): object {
  return { template: 1_000_001, mark: { type: "image", assetId: "logo", ...mark }, ...rest };
}

const PX = (value: number) => ({ value, unit: "px" });

export const at = (x: number, y: number) => ({ x: PX(x), y: PX(y) });
export const sized = (width: number, height = 0) => ({ width: PX(width), height: PX(height) });

const info = (
  format: "png" | "apng" | "gif",
  widthPx: number,
  heightPx: number,
  durationSeconds: number,
): AssetInfo => ({
  ...{ kind: "image", format, widthPx, heightPx, durationSeconds },
});

export function placed(
  path: string,
  { format = "png", widthPx = 40, heightPx = 20, durationSeconds = 0 }: Partial<AssetInfo & { kind: "image" }> = {},
): Record<string, NamedFile> {
  return { logo: { of: "asset", path, info: info(format, widthPx, heightPx, durationSeconds) } };
}

/** A picture of one colour. */
export async function still(path: string, colour: string, [width, height]: readonly [number, number]) {
  await sharp({ create: { width, height, channels: 4, background: colour } })
    .png()
    .toFile(path);
  return placed(path, { widthPx: width, heightPx: height });
}

/** Red, then blue, 0.2 s each, on a square whose lower half is transparent. */
export async function moving(path: string) {
  const frames = await Promise.all(
    ["#ff0000", "#0000ff"].map((background) =>
      sharp({ create: { width: 16, height: 8, channels: 4, background } })
        .extend({ bottom: 8, background: "#00000000" })
        .png()
        .toBuffer(),
    ),
  );
  await sharp(frames, { join: { animated: true } })
    .gif({ loop: 0, delay: [200, 200] })
    .toFile(path);
  return placed(path, { format: "gif", widthPx: 16, heightPx: 16, durationSeconds: 0.4 });
}
