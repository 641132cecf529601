import type { z } from "zod";
import { type Operation, operation } from "./operations/operation.ts";
import type { Template } from "./template.ts";

/** What stands for the mark's own words and drawing, which each use brings. */
const EXAMPLE = {
  text: "Reelflow",
  svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" rx=".2"/></svg>',
};

/**
 * What a template does where a step names it and says no more. What is laid on a picture or put around it does nothing by
 * itself: it is shown in a transcoding that says no more either.
 */
export function operationOfTemplate(template: Template): z.ZodSafeParseResult<Operation> {
  switch (template.kind) {
    case "watermark":
      return operation.safeParse({ kind: "transcode", params: { watermarks: [markUse(template.params)] } });
    case "head-tail":
      return operation.safeParse({ kind: "transcode", params: { headTails: [{ ...template.params, template: 0 }] } });
    default:
      return operation.safeParse(template);
  }
}

function markUse(params: Extract<Template, { kind: "watermark" }>["params"]): object {
  const { mark } = params;
  const text = mark.type === "text" && mark.text.trim() === "" ? EXAMPLE.text : null;
  return { ...params, template: 0, text, svg: mark.type === "svg" ? EXAMPLE.svg : null };
}
