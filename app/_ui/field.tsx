"use client";
import { Field as Base } from "@base-ui/react/field";
import { createContext, type ReactNode, useContext } from "react";
import { classes } from "./classes.ts";

const FieldUnit = createContext<string | undefined>(undefined);

/** The unit of the field around a control, drawn inside the control's right edge. */
export function useFieldUnit(): string | undefined {
  return useContext(FieldUnit);
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  unit?: string;
  /** Marks what may be left empty, in words of the caller. */
  note?: ReactNode;
  /** `inline` puts the control beside its words: switches and checkboxes. */
  layout?: "stacked" | "inline";
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, hint and error of one control, tied to it for assistive technology. */
export function Field(props: FieldProps) {
  const { label, hint, error, unit, note, layout = "stacked", disabled, className, children } = props;
  const invalid = error !== undefined && error !== null && error !== "";
  const words = (
    <>
      <span className="flex items-baseline gap-2">
        <Base.Label className="text-ui font-medium">{label}</Base.Label>
        {note !== undefined && <span className="text-xs text-faint">{note}</span>}
      </span>
      {hint !== undefined && hint !== "" && <Base.Description className="text-xs text-muted">{hint}</Base.Description>}
    </>
  );
  const message = invalid && (
    <Base.Error match className="text-xs text-danger-text">
      {error}
    </Base.Error>
  );
  return (
    <FieldUnit value={unit}>
      <Base.Root
        invalid={invalid}
        disabled={disabled}
        className={classes(
          "flex min-w-0",
          layout === "stacked" ? "flex-col gap-1.5" : "items-start gap-2.5",
          className,
        )}
      >
        {layout === "stacked" ? (
          <>
            <div className="flex flex-col">{words}</div>
            {children}
            {message}
          </>
        ) : (
          <>
            <div className="flex h-5 items-center">{children}</div>
            <div className="flex min-w-0 flex-col">
              {words}
              {message}
            </div>
          </>
        )}
      </Base.Root>
    </FieldUnit>
  );
}
