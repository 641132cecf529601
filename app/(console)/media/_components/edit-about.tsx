"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DESCRIPTION_MAX, TAG_MAX, TAGS_MAX } from "#domain/media-facts.ts";
import type { MediaDetail } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { Combobox } from "../../../_ui/combobox.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { TagInput } from "../../../_ui/tag-input.tsx";
import { TextArea, TextInput } from "../../../_ui/text-input.tsx";
import { categoryLabel, useCategories } from "./use-categories.ts";

/** Stands for none among numbers, which begin at 1. */
const NO_CATEGORY = 0;

export function EditAbout({ media, onClose }: { media: MediaDetail; onClose: () => void }) {
  const t = useTranslations("media.about");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const categories = useCategories();
  const [description, setDescription] = useState(media.description);
  const [tags, setTags] = useState<readonly string[]>(media.tags);
  const [categoryId, setCategoryId] = useState(media.categoryId ?? NO_CATEGORY);
  const [expires, setExpires] = useState(localText(media.expiresAt));
  const save = useMutation(
    trpc.media.describe.mutationOptions({
      onSuccess: async () => {
        onClose();
        notify.success(common("saved"));
        await queryClient.invalidateQueries(trpc.media.pathFilter());
      },
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  const expiresAt = expires === "" ? null : new Date(expires);
  const past = expiresAt !== null && expires !== localText(media.expiresAt) && expiresAt.getTime() <= Date.now();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("edit")}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="edit-about" variant="primary" busy={save.isPending} disabled={past}>
            {common("save")}
          </Button>
        </>
      }
    >
      <form
        id="edit-about"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (past) return;
          save.mutate({
            ...{ id: media.id, description, tags: [...tags], expiresAt },
            categoryId: categoryId === NO_CATEGORY ? null : categoryId,
          });
        }}
      >
        <Field label={t("description")} hint={t("descriptionHint", { maximum: DESCRIPTION_MAX })}>
          <TextArea value={description} onChange={setDescription} maxLength={DESCRIPTION_MAX} autoFocus />
        </Field>
        <Field label={t("tags")} hint={t("tagsHint", { maximum: TAGS_MAX })}>
          <TagInput
            values={tags}
            onChange={setTags}
            placeholder={t("addTag")}
            removeLabel={(tag) => t("removeTag", { tag })}
            maximum={TAGS_MAX}
            maxLength={TAG_MAX}
          />
        </Field>
        <Field label={t("category")}>
          <Combobox
            value={categoryId}
            onChange={setCategoryId}
            options={[
              { value: NO_CATEGORY, label: t("noCategory") },
              ...categories.map(({ id, path }) => ({ value: id, label: categoryLabel(path) })),
            ]}
          />
        </Field>
        <Field label={t("expires")} hint={t("expiresHint")} error={past ? t("expiresPast") : undefined}>
          <TextInput type="datetime-local" value={expires} onChange={setExpires} />
        </Field>
      </form>
    </Dialog>
  );
}

/** As the browser's own control for a time writes it: where the reader is, to the minute. */
function localText(at: Date | null): string {
  if (at === null) return "";
  return new Date(at.getTime() - 60_000 * at.getTimezoneOffset()).toISOString().slice(0, 16);
}
