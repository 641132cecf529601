import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { S3Error } from "./s3-error.ts";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** A document with one root. */
export function xmlOf(root: string, content: Record<string, unknown>): string {
  const named = root === "Error" ? content : { "@_xmlns": NAMESPACE, ...content };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: named })}`;
}

const parser = new XMLParser({
  // They are a way to make a small document large.
  processEntities: false,
  parseTagValue: false,
  isArray: (name) => name === "Part",
});

const completion = z.object({
  CompleteMultipartUpload: z.object({
    Part: z
      .array(z.object({ PartNumber: z.coerce.number().int().min(1).max(10_000), ETag: z.string() }))
      .min(1)
      .max(10_000),
  }),
});

export interface NamedPart {
  number: number;
  etag: string;
}

export function readCompletion(text: string): NamedPart[] {
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch {
    throw new S3Error("MalformedXML", "The body cannot be read.");
  }
  const read = completion.safeParse(parsed);
  if (!read.success) throw new S3Error("MalformedXML", "The body has to list the parts.");
  return read.data.CompleteMultipartUpload.Part.map(({ PartNumber, ETag }) => {
    return { number: PartNumber, etag: ETag.replace(/&quot;|&#34;|"/g, "") };
  });
}
