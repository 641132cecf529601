import { useTranslations } from "next-intl";

export interface FieldWords {
  label(name: string): string;
  /** undefined where there is nothing to add to the label. */
  description(name: string): string | undefined;
  valueLabel(name: string, value: string | number): string;
  /** What a value means that does not say it by itself: 0 where that is "as the source"; undefined of all others. */
  said(name: string, value: string | number): string | undefined;
  unit(unit: string): string;
}

/** The words of schema fields. One that has none yet shows its name, which is better than nothing and easy to spot. */
export function useFieldWords(): FieldWords {
  const fields = useTranslations("fields");
  const values = useTranslations("values");
  const units = useTranslations("units");
  return {
    label: (name) => (fields.has(`${name}.label`) ? fields(`${name}.label`) : name),
    description: (name) => (fields.has(`${name}.description`) ? fields(`${name}.description`) : undefined),
    valueLabel: (name, value) => (values.has(`${name}.${value}`) ? values(`${name}.${value}`) : String(value)),
    said: (name, value) => (values.has(`${name}.${value}`) ? values(`${name}.${value}`) : undefined),
    unit: (unit) => (units.has(unit) ? units(unit) : unit),
  };
}
