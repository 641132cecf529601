const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Null for what is no Base64. Some write a line end after every 76 characters, or say in front what it is. */
export function bytesOf(text: string): Buffer | null {
  const plain = text.replace(/^data:[^,]{0,100},/, "").replace(/\s/g, "");
  return BASE64.test(plain) ? Buffer.from(plain, "base64") : null;
}
