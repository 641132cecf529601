"use client";
import { useTranslations } from "next-intl";
import { CUT_MODES, editParams, MEDIA_NAME_MAX } from "#domain/operations/edit/schema.ts";
import { FILLS, PICTURE_SIDE_PX_MAX } from "#domain/operations/picture-size.ts";
import { PRIORITY_MAX, PRIORITY_MIN } from "#domain/task.ts";
import { Field } from "../../../_ui/field.tsx";
import { NumberInput } from "../../../_ui/number-input.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { ProcedureSelect } from "../../upload/_components/procedure-select.tsx";
import type { Purpose } from "./edit-page.tsx";

/** What the result is like, as it stands in the form. */
export interface Settings {
  cutMode: (typeof CUT_MODES)[number];
  size: "reference" | "own";
  reference: "highest-resolution" | "highest-bitrate";
  widthPx: number | null;
  heightPx: number | null;
  fill: (typeof FILLS)[number];
  framesPerSecond: number | null;
  name: string;
  procedureName: string | null;
  priority: number | null;
}

const DEFAULTS = editParams.parse({});
export const NEW_SETTINGS: Settings = {
  cutMode: DEFAULTS.cutMode,
  size: "reference",
  reference: DEFAULTS.reference,
  ...{ widthPx: 0, heightPx: 0, framesPerSecond: 0, fill: DEFAULTS.fill },
  ...{ name: "", procedureName: null, priority: 0 },
};

/** Size and rate as the operation takes them: none of its own where a clip gives them. */
export function pictureOf({ cutMode, size, reference, fill, ...own }: Settings) {
  const given = cutMode === "exact" && size === "own";
  return {
    ...{ reference, fill },
    widthPx: given ? (own.widthPx ?? 0) : 0,
    heightPx: given ? (own.heightPx ?? 0) : 0,
    framesPerSecond: given ? (own.framesPerSecond ?? 0) : 0,
  };
}

interface EditSettingsProps {
  purpose: Purpose;
  settings: Settings;
  onChange: (settings: Settings) => void;
  /** Field → sentence. */
  errors: Readonly<Record<string, string>>;
}

export function EditSettings({ purpose, settings, onChange, errors }: EditSettingsProps) {
  const t = useTranslations("edit");
  const fields = useTranslations("fields");
  const values = useTranslations("values");
  const common = useTranslations("common");
  const set = (change: Partial<Settings>) => onChange({ ...settings, ...change });
  const { cutMode, size, reference, fill } = settings;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <p className="text-ui font-medium">{fields("cutMode.label")}</p>
        <Segmented
          label={fields("cutMode.label")}
          value={cutMode}
          onChange={(next) => set({ cutMode: next })}
          options={CUT_MODES.map((value) => ({ value, label: values(`cutMode.${value}`) }))}
        />
        <p className="text-xs text-muted">{t(`${cutMode}Note`)}</p>
      </div>
      {purpose === "join" && cutMode === "exact" && (
        <div className="flex flex-col gap-3">
          <div className="flex flex-col gap-1.5">
            <p className="text-ui font-medium">{t("size")}</p>
            <Segmented
              label={t("size")}
              value={size}
              onChange={(next) => set({ size: next })}
              options={(["reference", "own"] as const).map((value) => ({ value, label: t(`sizes.${value}`) }))}
            />
          </div>
          <Field label={fields("reference.label")}>
            <Select
              value={reference}
              onChange={(next) => set({ reference: next })}
              options={editParams.shape.reference.unwrap().options.map((value) => ({
                value,
                label: values(`reference.${value}`),
              }))}
            />
          </Field>
          {size === "own" && (
            <div className="grid grid-cols-2 gap-3">
              <Field label={fields("widthPx.label")} unit="px" error={errors.widthPx}>
                <NumberInput
                  value={settings.widthPx}
                  onChange={(widthPx) => set({ widthPx })}
                  min={0}
                  max={PICTURE_SIDE_PX_MAX}
                />
              </Field>
              <Field label={fields("heightPx.label")} unit="px" error={errors.heightPx}>
                <NumberInput
                  value={settings.heightPx}
                  onChange={(heightPx) => set({ heightPx })}
                  min={0}
                  max={PICTURE_SIDE_PX_MAX}
                />
              </Field>
              <Field label={fields("framesPerSecond.label")} unit="fps" error={errors.framesPerSecond}>
                <NumberInput
                  value={settings.framesPerSecond}
                  onChange={(framesPerSecond) => set({ framesPerSecond })}
                  min={0}
                  max={100}
                />
              </Field>
              <p className="col-span-2 text-xs text-muted">{t("sizeHint")}</p>
            </div>
          )}
          <Field label={fields("fill.label")}>
            <Select
              value={fill}
              onChange={(next) => set({ fill: next })}
              options={FILLS.map((value) => ({ value, label: values(`fill.${value}`) }))}
            />
          </Field>
        </div>
      )}
      {purpose === "join" && (
        <Field label={t("resultName")} hint={t("resultNameHint")} note={common("optional")}>
          <TextInput value={settings.name} onChange={(name) => set({ name })} maxLength={MEDIA_NAME_MAX} />
        </Field>
      )}
      <Field label={t("procedure")} hint={t("procedureHint")}>
        <ProcedureSelect
          label={t("procedure")}
          value={settings.procedureName}
          onChange={(procedureName) => set({ procedureName })}
        />
      </Field>
      <Field label={t("priority")} error={errors.priority}>
        <NumberInput
          value={settings.priority}
          onChange={(priority) => set({ priority })}
          min={PRIORITY_MIN}
          max={PRIORITY_MAX}
          className="w-28"
        />
      </Field>
    </div>
  );
}
