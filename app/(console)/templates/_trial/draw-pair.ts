/** Which part of the picture is seen: its middle, as shares of the whole, and how many times it is enlarged. */
export interface View {
  zoom: number;
  x: number;
  y: number;
}

/** No further than the picture's edge. */
export function clampView({ zoom, x, y }: View): View {
  const half = 0.5 / zoom;
  const within = (value: number) => Math.min(1 - half, Math.max(half, value));
  return { zoom, x: within(x), y: within(y) };
}

interface Pair {
  widthPx: number;
  heightPx: number;
  /** Where the original ends, from 0 to 1 of what is seen. */
  divider: number;
  view: View;
}

/** Of a film that has the original above the result: the one left of the divider, the other right of it. */
export function drawPair(
  canvas: HTMLCanvasElement,
  film: HTMLVideoElement,
  { widthPx, heightPx, divider, view }: Pair,
) {
  const context = canvas.getContext("2d");
  if (context === null || film.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
  // Enlarged, pixels are to be seen as they are.
  context.imageSmoothingEnabled = view.zoom < 2;
  const [width, height] = [widthPx / view.zoom, heightPx / view.zoom];
  const left = view.x * widthPx - width / 2;
  const top = view.y * heightPx - height / 2;
  const at = Math.round(divider * widthPx);
  if (at > 0) context.drawImage(film, left, top, width * divider, height, 0, 0, at, heightPx);
  if (at < widthPx)
    context.drawImage(
      film,
      left + width * divider,
      heightPx + top,
      width * (1 - divider),
      height,
      at,
      0,
      widthPx - at,
      heightPx,
    );
  const line = Math.max(2, Math.round(widthPx / 640));
  context.fillStyle = "rgb(255 255 255 / 90%)";
  context.fillRect(Math.min(widthPx - line, Math.max(0, at - line / 2)), 0, line, heightPx);
}
