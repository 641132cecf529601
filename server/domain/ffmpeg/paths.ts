/** A path that the image muxer and demuxer expand: `name` holds the number pattern, and a percent sign in the folder's own name stays one. */
export function patternPath(dir: string, name: string): string {
  return `${dir.replaceAll("%", "%%")}/${name}`;
}
