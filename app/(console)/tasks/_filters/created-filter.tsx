"use client";
import { CalendarClock, Check } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../../_ui/button.tsx";
import { classes, POPUP_ITEM } from "../../../_ui/classes.ts";
import { Field } from "../../../_ui/field.tsx";
import { Popover } from "../../../_ui/popover.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { CREATED_SPANS, type Created, type CreatedSpan } from "./created.ts";
import { dayEnd, dayOf, dayStart } from "./day.ts";
import { FILTER_ON } from "./filter-look.ts";

const SPANS = Object.keys(CREATED_SPANS).filter((key): key is CreatedSpan => key in CREATED_SPANS);

export function CreatedFilter({ value, onChange }: { value: Created; onChange: (value: Created) => void }) {
  const t = useTranslations("tasks.filters");
  const [open, setOpen] = useState(false);
  const choose = (next: Created) => {
    onChange(next);
    setOpen(false);
  };
  const fixed = value !== null && typeof value === "object" ? value : { after: null, before: null };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t("created")}
      trigger={
        <Button
          size="sm"
          icon={<CalendarClock />}
          className={classes("font-normal!", value === null ? "text-muted!" : FILTER_ON)}
        >
          <CreatedLabel value={value} />
        </Button>
      }
    >
      <ul className="mb-2 border-b border-line pb-2">
        {[null, ...SPANS].map((span) => (
          <li key={span ?? "any"}>
            <button
              type="button"
              aria-pressed={value === span}
              onClick={() => choose(span)}
              className={classes(POPUP_ITEM, "w-full text-left hover:bg-hover")}
            >
              <span className="flex-1">{span === null ? t("anyTime") : t(`spans.${span}`)}</span>
              {value === span && <Check className="size-4 text-accent-text" aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Field label={t("from")}>
          <TextInput
            type="date"
            size="sm"
            value={dayOf(fixed.after)}
            max={dayOf(fixed.before) || undefined}
            onChange={(day) => onChange(rangeOf(dayStart(day), fixed.before))}
          />
        </Field>
        <Field label={t("to")}>
          <TextInput
            type="date"
            size="sm"
            value={dayOf(fixed.before)}
            min={dayOf(fixed.after) || undefined}
            onChange={(day) => onChange(rangeOf(fixed.after, dayEnd(day)))}
          />
        </Field>
      </div>
    </Popover>
  );
}

function CreatedLabel({ value }: { value: Created }) {
  const t = useTranslations("tasks.filters");
  const format = useFormatter();
  if (value === null) return t("created");
  if (typeof value === "string") return t(`spans.${value}`);
  const day = (date: Date | null) => (date === null ? "…" : format.dateTime(date, { month: "short", day: "numeric" }));
  return `${day(value.after)} – ${day(value.before)}`;
}

function rangeOf(after: Date | null, before: Date | null): Created {
  return after === null && before === null ? null : { after, before };
}
