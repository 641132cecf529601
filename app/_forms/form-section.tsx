"use client";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { FieldSection, FormField } from "#domain/form.ts";
import { Badge } from "../_ui/badge.tsx";
import type { Path } from "./draft.ts";
import { useForm } from "./form-context.ts";
import { changedIn } from "./sections.ts";

interface FormSectionProps {
  name: FieldSection;
  fields: readonly FormField[];
  prefix: Path;
  children: ReactNode;
}

/** Closed until somebody opens it, or something in it is wrong; closed, it says how much of it was changed. */
export function FormSection({ name, fields, prefix, children }: FormSectionProps) {
  const form = useForm();
  const t = useTranslations("common.form");
  const [opened, setOpened] = useState(false);
  const wrong = fields.some(({ path }) => form.isWrongWithin([...prefix, ...path]));
  const open = opened || wrong;
  const changed = changedIn(fields, form.valueAt(prefix));
  return (
    <details
      open={open}
      onToggle={(event) => setOpened(event.currentTarget.open)}
      className="group col-span-full mb-5 min-w-0 rounded-lg border border-line"
    >
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-lg px-3 py-2 text-ui font-medium select-none hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 shrink-0 text-faint transition-transform group-open:rotate-90 motion-reduce:transition-none"
          aria-hidden
        />
        {t(`sections.${name}`)}
        {changed > 0 && <Badge tone="info">{t("changed", { count: changed })}</Badge>}
      </summary>
      {/* What is not in sight need not be drawn. */}
      {open && <div className="px-4 pt-2 pb-4">{children}</div>}
    </details>
  );
}
