"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { TEMPLATE_KINDS, type TemplateKind, template as templateSchema } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import type { Draft } from "../../../_forms/draft.ts";
import { focusFirstError, SchemaForm } from "../../../_forms/schema-form.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextArea, TextInput } from "../../../_ui/text-input.tsx";
import { PlacementStage } from "../_placement/placement-stage.tsx";
import { newParamsOf, templateSchemaOf } from "../template-schema.ts";
import { useTemplateSummary } from "../use-template-summary.ts";
import { KindIcon } from "./kind.tsx";

const NAME_MAX = 64;
const COMMENT_MAX = 256;

interface TemplateFormProps {
  initialKind: TemplateKind;
  /** To begin with its parameters; its kind is then fixed. */
  original?: TemplateRow;
}

export function TemplateForm({ initialKind, original }: TemplateFormProps) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
  const [kind, setKind] = useState(initialKind);
  const [name, setName] = useState(original === undefined ? "" : t("copyName", { name: original.name }));
  const [comment, setComment] = useState(original?.preset ? "" : (original?.comment ?? ""));
  const [params, setParams] = useState<Draft>(original?.params ?? newParamsOf(initialKind));
  const [refused, setRefused] = useState(false);
  const create = useCreateTemplate();
  const parsed = templateSchema.safeParse({ kind, params });

  function chooseKind(next: TemplateKind): void {
    setKind(next);
    setParams(newParamsOf(next));
    setRefused(false);
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (parsed.success && name.trim() !== "") {
      create.mutate({ template: parsed.data, name, comment });
      return;
    }
    setRefused(true);
    const form = event.currentTarget;
    // Errors that show only now are in the page after the next frame.
    requestAnimationFrame(() => focusFirstError(form));
  }
  return (
    <form onSubmit={submit} noValidate className="flex max-w-5xl flex-col gap-4">
      <Card title={t("basics")}>
        <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">
          <Field label={common("name")} error={refused && name.trim() === "" ? common("required") : undefined}>
            <TextInput value={name} onChange={setName} maxLength={NAME_MAX} autoComplete="off" />
          </Field>
          <Field label={t("kind")} hint={original === undefined ? undefined : t("kindFixed")}>
            <Select
              value={kind}
              onChange={chooseKind}
              disabled={original !== undefined}
              options={TEMPLATE_KINDS.map((value) => ({
                value,
                label: kinds(value),
                icon: <KindIcon kind={value} className="text-muted" />,
              }))}
            />
          </Field>
          <Field label={common("comment")} note={common("optional")} className="sm:col-span-2">
            <TextArea value={comment} onChange={setComment} maxLength={COMMENT_MAX} rows={2} />
          </Field>
        </div>
      </Card>
      <Card title={t("parameters")} text={parsed.success ? summaryOf(parsed.data) : t("parametersWrong")}>
        <SchemaForm schema={templateSchemaOf(kind)} value={params} onChange={setParams} refused={refused} />
      </Card>
      {kind === "watermark" && (
        <Card title={t("placement.title")}>
          <PlacementStage params={params} onChange={setParams} />
        </Card>
      )}
      <div className="flex justify-end gap-2">
        <ButtonLink href={routes.templates()}>{common("cancel")}</ButtonLink>
        <Button type="submit" variant="primary" busy={create.isPending}>
          {t("create")}
        </Button>
      </div>
    </form>
  );
}

function useCreateTemplate() {
  const t = useTranslations("templates");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  return useMutation(
    trpc.templates.create.mutationOptions({
      onSuccess: async ({ family, definition }) => {
        notify.success(t("created"));
        router.push(routes.template(family, definition));
        await queryClient.invalidateQueries(trpc.templates.list.pathFilter());
      },
      onError: (error) => {
        const { text, detail } = messageOf(error);
        notify.error(text, { description: detail || undefined });
      },
    }),
  );
}
