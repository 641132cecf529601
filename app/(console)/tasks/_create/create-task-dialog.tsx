"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { PRIORITY_MAX, PRIORITY_MIN } from "#domain/task.ts";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { NumberInput } from "../../../_ui/number-input.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { DryRunDetails } from "../../_plan/dry-run-details.tsx";
import { parsedSteps } from "../../procedures/procedure-draft.ts";
import { MediaPicker, type PickedMedia } from "./media-picker.tsx";
import { type Work, WorkPicker } from "./work-picker.tsx";

export interface CreateTaskDialogProps {
  /** Chosen already, where the dialog is opened from a media. */
  media?: readonly PickedMedia[];
  /** Chosen already, where the dialog is opened from a procedure. */
  procedureName?: string;
  /** What a past task did, where it is to be done again. */
  work?: Work;
  onClose: () => void;
}

/** Processes media that are here already: pick them, say what to do, and where the results go. */
export function CreateTaskDialog({ media: preset = [], procedureName, work: given, onClose }: CreateTaskDialogProps) {
  const t = useTranslations("tasks.create");
  const common = useTranslations("common");
  const router = useRouter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const messageOf = useFailureMessage();
  const formId = useId();
  const [media, setMedia] = useState(preset);
  const [work, setWork] = useState<Work>(given ?? { by: "procedure", name: procedureName ?? null });
  const [outputDir, setOutputDir] = useState("");
  const [priority, setPriority] = useState<number | null>(0);
  const [tried, setTried] = useState(false);

  const create = useMutation(
    trpc.tasks.create.mutationOptions({
      onSuccess: ({ taskIds }) => {
        const [only] = taskIds;
        notify.success(t("done", { count: taskIds.length }), {
          action:
            taskIds.length === 1 && only !== undefined
              ? { label: common("view"), onClick: () => router.push(routes.task(only)) }
              : { label: common("view"), onClick: () => router.push(routes.tasks()) },
        });
        onClose();
        // One's own tasks are shown at once; only those of others wait to be asked for.
        return queries.invalidateQueries(trpc.tasks.list.pathFilter());
      },
    }),
  );
  const failure = create.error === null ? null : messageOf(create.error);
  const wanted = wantedOf(work);

  const submit = () => {
    setTried(true);
    if (media.length === 0 || wanted === null) return;
    create.mutate({
      mediaIds: media.map(({ id }) => id),
      ...wanted,
      priority: priority ?? 0,
      outputDir: outputDir.trim() || undefined,
    });
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("text")}
      size="lg"
      footer={
        <>
          <p role="alert" className="mr-auto min-w-0 text-ui text-danger-text">
            {failure !== null && [failure.text, failure.detail].filter(Boolean).join(" ")}
          </p>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            {t("submit", { count: Math.max(1, media.length) })}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <MediaPicker
          media={media}
          onChange={setMedia}
          error={tried && media.length === 0 ? t("mediaNeeded") : undefined}
        />
        <WorkPicker work={work} onChange={setWork} error={tried && wanted === null ? t(NEEDED[work.by]) : undefined} />
        {wanted !== null && <DryRunDetails work={wanted} mediaId={media[0]?.id} />}
        <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
          <Field
            label={t("outputDir")}
            hint={t("outputDirHint")}
            note={common("optional")}
            error={failure?.fields.outputDir}
          >
            <TextInput value={outputDir} onChange={setOutputDir} placeholder="2026/trailers" spellCheck={false} />
          </Field>
          <Field label={t("priority")} hint={t("priorityHint")} error={failure?.fields.priority}>
            <NumberInput value={priority} onChange={setPriority} min={PRIORITY_MIN} max={PRIORITY_MAX} />
          </Field>
        </div>
      </form>
    </Dialog>
  );
}

const NEEDED = { procedure: "procedureNeeded", operations: "stepsNeeded", text: "textNeeded" } as const;

/** As `tasks.create` takes it; null while it is incomplete. */
function wantedOf(
  work: Work,
):
  | { procedureName: string; procedureVersion?: number }
  | { steps: NonNullable<ReturnType<typeof parsedSteps>> }
  | null {
  if (work.by === "text") return work.text.trim() === "" ? null : { procedureName: work.text };
  if (work.by === "procedure") {
    const { name, version } = work;
    return name === null
      ? null
      : { procedureName: name, ...(version === undefined ? {} : { procedureVersion: version }) };
  }
  const steps = parsedSteps(work.steps);
  return steps === null ? null : { steps };
}
