"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  condition,
  FACT_NAMES,
  type FactName,
  FLAG_FACTS,
  NUMBER_COMPARISONS,
  NUMBER_FACTS,
  TEXT_COMPARISONS,
  TEXT_FACTS,
} from "#domain/condition.ts";
import { MEDIA_KINDS } from "#domain/media.ts";
import type { Draft } from "../../../_forms/draft.ts";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { NumberInput } from "../../../_ui/number-input.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";

const NEW: Draft = { fact: "shortSidePx", is: "atLeast", value: 1080 };

function isOneOf<Name extends string>(names: readonly Name[], value: unknown): value is Name {
  return names.some((name) => name === value);
}

/** What a fact is compared with first. */
function beginningOf(fact: FactName): Draft {
  if (isOneOf(NUMBER_FACTS, fact)) return { fact, is: "atLeast", value: null };
  if (isOneOf(FLAG_FACTS, fact)) return { fact, is: "equals", value: true };
  return { fact, is: "equals", value: fact === "kind" ? "video" : "" };
}

interface ConditionListProps {
  value: readonly Draft[];
  onChange: (value: Draft[]) => void;
  /** Somebody tried to save: what is missing may be said now. */
  refused: boolean;
}

/** On which media a step is done: all of these have to hold. */
export function ConditionList({ value, onChange, refused }: ConditionListProps) {
  const t = useTranslations("procedures.when");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-ui font-medium">{t("title")}</legend>
      {value.length === 0 && <p className="text-xs text-muted">{t("always")}</p>}
      {value.map((one, index) => (
        <ConditionRow
          key={index}
          one={one}
          number={index + 1}
          refused={refused}
          onChange={(next) => onChange(value.map((each, at) => (at === index ? next : each)))}
          onRemove={() => onChange(value.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        size="sm"
        variant="ghost"
        icon={<Plus />}
        className="self-start"
        onClick={() => onChange([...value, NEW])}
      >
        {t("add")}
      </Button>
    </fieldset>
  );
}

interface ConditionRowProps {
  one: Draft;
  number: number;
  refused: boolean;
  onChange: (one: Draft) => void;
  onRemove: () => void;
}

function ConditionRow({ one, number, refused, onChange, onRemove }: ConditionRowProps) {
  const t = useTranslations("procedures.when");
  const facts = useTranslations("procedures.facts");
  const comparisons = useTranslations("procedures.comparisons");
  const validation = useTranslations("validation");
  const { fact } = one;
  const wrong = !condition.safeParse(one).success;
  const comparable = isOneOf(NUMBER_FACTS, fact)
    ? NUMBER_COMPARISONS
    : isOneOf(TEXT_FACTS, fact) || fact === "kind"
      ? TEXT_COMPARISONS
      : [];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={t("fact", { number })}
        value={isOneOf(FACT_NAMES, fact) ? fact : null}
        onChange={(next) => onChange(beginningOf(next))}
        options={FACT_NAMES.map((name) => ({ value: name, label: facts(name) }))}
        size="sm"
        className="w-44! max-sm:w-full!"
      />
      {comparable.length > 0 && (
        <Select
          label={t("comparison", { number })}
          value={comparable.find((each) => each === one.is) ?? null}
          onChange={(is) => onChange({ ...one, is })}
          options={comparable.map((each) => ({ value: each, label: comparisons(each) }))}
          size="sm"
          className="w-36!"
        />
      )}
      <ConditionValue one={one} label={t("value", { number })} onChange={(next) => onChange({ ...one, value: next })} />
      <IconButton size="sm" label={t("remove", { number })} icon={<X />} onClick={onRemove} />
      {wrong && refused && (
        <p className="basis-full text-xs text-danger-text" data-error>
          {validation("valueNeeded")}
        </p>
      )}
    </div>
  );
}

interface ConditionValueProps {
  one: Draft;
  label: string;
  onChange: (value: unknown) => void;
}

function ConditionValue({ one: { fact, value }, label, onChange }: ConditionValueProps) {
  const kinds = useTranslations("procedures.mediaKinds");
  const t = useTranslations("procedures.when");
  const units = useTranslations("procedures.factUnits");
  if (isOneOf(NUMBER_FACTS, fact)) {
    const number = typeof value === "number" ? value : null;
    const unit = fact === "audioTracks" ? undefined : units(fact);
    return (
      <NumberInput label={label} value={number} onChange={onChange} min={0} unit={unit} size="sm" className="w-36!" />
    );
  }
  if (isOneOf(FLAG_FACTS, fact)) {
    return (
      <Select
        label={label}
        value={value === true ? "yes" : "no"}
        onChange={(next) => onChange(next === "yes")}
        options={(["yes", "no"] as const).map((each) => ({ value: each, label: t(each) }))}
        size="sm"
        className="w-24!"
      />
    );
  }
  if (fact === "kind") {
    return (
      <Select
        label={label}
        value={MEDIA_KINDS.find((kind) => kind === value) ?? null}
        onChange={onChange}
        options={MEDIA_KINDS.map((kind) => ({ value: kind, label: kinds(kind) }))}
        size="sm"
        className="w-32!"
      />
    );
  }
  return (
    <span className="w-36">
      <TextInput
        aria-label={label}
        value={typeof value === "string" ? value : ""}
        onChange={onChange}
        size="sm"
        autoComplete="off"
        spellCheck={false}
        placeholder={fact === "container" ? "mov" : "h264"}
      />
    </span>
  );
}
