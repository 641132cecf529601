"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NONE } from "../_lib/format.ts";
import { Table, TableFrame, Td, Th, Tr } from "../_ui/table.tsx";
import type { ParamChange, Side } from "./diff-params.ts";
import { withValueAt } from "./draft.ts";
import { useFieldWords } from "./field-words.ts";
import { FieldFact } from "./schema-facts.tsx";

export interface ChangeRow {
  label: string;
  before: ReactNode;
  after: ReactNode;
  note?: ReactNode;
}

interface ParamChangesProps {
  /** What stands over the two columns of values. */
  before: ReactNode;
  after: ReactNode;
  changes: readonly ParamChange[];
  /** What differs beside the parameters: a name, a comment. */
  others?: readonly ChangeRow[];
  caption: string;
  noteOf?: (change: ParamChange) => ReactNode;
}

/** What two sets of parameters say differently, in the words of the form. */
export function ParamChanges({ before, after, changes, others = [], caption, noteOf }: ParamChangesProps) {
  const t = useTranslations("common");
  const trailOf = useTrailWords();
  const rows: ChangeRow[] = [
    ...others,
    ...changes.map((change) => ({
      label: trailOf(change.trail),
      before: <Value change={change} side={change.before} />,
      after: <Value change={change} side={change.after} />,
      note: noteOf?.(change),
    })),
  ];
  return (
    <TableFrame>
      <Table>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <Th className="w-1/3">{t("field")}</Th>
            <Th>{before}</Th>
            <Th>{after}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.label} className="align-top">
              <Td className="align-top text-muted">
                {row.label}
                {row.note !== undefined && <div className="mt-0.5">{row.note}</div>}
              </Td>
              <Td className="align-top break-words">{row.before}</Td>
              <Td className="align-top font-medium break-words">{row.after}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function Value({ change: { field }, side: { said, within } }: { change: ParamChange; side: Side }) {
  const t = useTranslations("common");
  if (said === null) return field.kind === "group" || field.kind === "list" ? t("none") : NONE;
  return <FieldFact field={field} value={withSaid(within, field.path, said)} />;
}

/** A field that is left unsaid means its default, which is then what is shown. */
function withSaid(within: Side["within"], path: readonly string[], said: unknown): Side["within"] {
  return path.length === 0 ? within : withValueAt(within, path, said);
}

/** `Picture › Codec`, `Renditions 2 › Sound`. */
export function useTrailWords(): (trail: ParamChange["trail"]) => string {
  const words = useFieldWords();
  return (trail) => {
    const parts: string[] = [];
    for (const step of trail) {
      if (typeof step === "string") parts.push(words.label(step));
      else parts.push(`${parts.pop() ?? ""} ${step}`.trim());
    }
    return parts.join(" › ");
  };
}
