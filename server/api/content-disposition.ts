/** `Content-Disposition: attachment` with a name in any script (RFC 6266, 5987), and one for clients that read ASCII only. */
export function attachmentNamed(name: string): string {
  const flat =
    name
      .replace(/[\p{Cc}\p{Cf}/\\]/gu, "_")
      .trim()
      .slice(0, 200) || "download";
  const ascii = flat.replace(/[^\x20-\x7e]|["%]/gu, "_");
  const encoded = encodeURIComponent(flat.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
