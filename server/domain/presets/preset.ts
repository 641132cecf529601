import { familyOf, type StoredTemplate, type Template } from "../template.ts";

/** Preset names are neutral (`MP4-HD-720P`) and the same in every language; comments are keys of `presets.*`. */
export function preset(definition: number, name: string, comment: string, template: Template): StoredTemplate {
  return { ...template, definition, family: familyOf(template.kind), name, comment, preset: true, version: null };
}
