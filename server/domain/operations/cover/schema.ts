import { z } from "zod";
import { position } from "../position.ts";
import { pictureFields } from "../snapshot/schema.ts";

const useFields = { position: position.prefault({}) };

/** A cover uses the templates of snapshots. */
export const coverUseParams = z.strictObject(useFields);
export const coverParams = z.strictObject({ ...pictureFields, ...useFields });
export type CoverParams = z.output<typeof coverParams>;
