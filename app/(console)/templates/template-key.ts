import { TEMPLATE_FAMILIES, type TemplateFamily } from "#domain/template.ts";

export interface TemplateKey {
  family: TemplateFamily;
  definition: number;
}

/** As addresses name a template: `sampled-snapshot-10`. */
export function keyText({ family, definition }: TemplateKey): string {
  return `${family}-${definition}`;
}

/** The number comes after the last hyphen. */
export function readKey(text: string | null): TemplateKey | null {
  if (text === null) return null;
  const at = text.lastIndexOf("-");
  const family = TEMPLATE_FAMILIES.find((each) => each === text.slice(0, at));
  const definition = Number(text.slice(at + 1));
  return family === undefined || !Number.isSafeInteger(definition) || definition < 1 ? null : { family, definition };
}
