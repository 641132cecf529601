import { createContext, useContext } from "react";
import type { Choice } from "./choices.ts";
import type { Path } from "./draft.ts";
import type { SimpleField } from "./field-kinds.ts";

/** What the controls of one form share. */
export interface Form {
  valueAt(path: Path): unknown;
  setAt(path: Path, value: unknown): void;
  /** As `setAt`, for what is typed: its error waits until the user leaves the control. */
  typeAt(path: Path, value: unknown): void;
  leave(path: Path): void;
  /** Whether the user had a chance to fill it in: was in it, or tried to submit. Before, nothing there is no error. */
  isAsked(path: Path): boolean;
  isWrongWithin(path: Path): boolean;
  /** The sentence to show next to a control. */
  errorAt(path: Path): string | undefined;
  /** What the schema would say of each of these values. */
  choicesAt(path: Path, values: readonly unknown[]): Choice[];
  /** Why nothing can be said here, as things stand; undefined where something can. */
  mootAt(path: Path, field: SimpleField): string | undefined;
  disabled: boolean;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (form === null) throw new Error("A control stands outside of a form.");
  return form;
}
