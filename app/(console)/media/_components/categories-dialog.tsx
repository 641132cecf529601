"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FolderTree, Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CATEGORY_LEVELS } from "#domain/category.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { ConfirmDialog, Dialog } from "../../../_ui/dialog.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { type PlacedCategory, useCategories } from "./use-categories.ts";

const NAME_MAX = 64;

/** What is being written: a new one below a parent, or another name of one there is. */
type Draft = { as: "new"; below: PlacedCategory | null } | { as: "rename"; category: PlacedCategory };

export function CategoriesDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("media.categories");
  const categories = useCategories();
  const [draft, setDraft] = useState<Draft>({ as: "new", below: null });
  const [deleting, setDeleting] = useState<PlacedCategory | null>(null);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("title")} description={t("text")}>
      <NameForm key={keyOf(draft)} draft={draft} onDone={() => setDraft({ as: "new", below: null })} />
      {categories.length === 0 ? (
        <EmptyState icon={<FolderTree />} title={t("empty")} />
      ) : (
        <ul className="mt-4 divide-y divide-line rounded-lg border border-line">
          {categories.map((category) => (
            <li key={category.id} className="flex min-h-10 items-center gap-1 py-1 pr-1.5">
              <span
                className="min-w-0 flex-1 truncate text-ui"
                style={{ paddingLeft: `${0.75 + 1.25 * (category.path.length - 1)}rem` }}
                title={category.name}
              >
                {category.name}
              </span>
              {category.path.length < CATEGORY_LEVELS && (
                <IconButton
                  size="sm"
                  label={t("addBelow", { name: category.name })}
                  icon={<Plus />}
                  onClick={() => setDraft({ as: "new", below: category })}
                />
              )}
              <IconButton
                size="sm"
                label={t("rename", { name: category.name })}
                icon={<Pencil />}
                onClick={() => setDraft({ as: "rename", category })}
              />
              <IconButton
                size="sm"
                label={t("delete", { name: category.name })}
                icon={<Trash2 />}
                onClick={() => setDeleting(category)}
              />
            </li>
          ))}
        </ul>
      )}
      {deleting !== null && <DeleteCategory category={deleting} onClose={() => setDeleting(null)} />}
    </Dialog>
  );
}

function keyOf(draft: Draft): string {
  return draft.as === "new" ? `new ${draft.below?.id ?? ""}` : `rename ${draft.category.id}`;
}

function NameForm({ draft, onDone }: { draft: Draft; onDone: () => void }) {
  const t = useTranslations("media.categories");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const settle = useSettle();
  const [name, setName] = useState(draft.as === "rename" ? draft.category.name : "");
  const done = () => {
    setName("");
    onDone();
  };
  const create = useMutation(trpc.categories.create.mutationOptions(settle(done)));
  const rename = useMutation(trpc.categories.rename.mutationOptions(settle(done)));
  const label =
    draft.as === "rename"
      ? t("rename", { name: draft.category.name })
      : draft.below === null
        ? t("nameAtTop")
        : t("nameBelow", { name: draft.below.name });
  const isDefault = draft.as === "new" && draft.below === null;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        if (draft.as === "rename") rename.mutate({ id: draft.category.id, name });
        else create.mutate({ parentId: draft.below?.id ?? null, name });
      }}
    >
      <Field label={label} className="flex-1">
        <TextInput value={name} onChange={setName} maxLength={NAME_MAX} autoFocus />
      </Field>
      {!isDefault && <Button onClick={onDone}>{common("cancel")}</Button>}
      <Button type="submit" variant="primary" disabled={name.trim() === ""} busy={create.isPending || rename.isPending}>
        {draft.as === "rename" ? common("save") : common("add")}
      </Button>
    </form>
  );
}

function DeleteCategory({ category, onClose }: { category: PlacedCategory; onClose: () => void }) {
  const t = useTranslations("media.categories");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const settle = useSettle();
  const remove = useMutation(trpc.categories.delete.mutationOptions(settle(onClose, onClose)));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("deleteTitle")}
      confirmLabel={common("delete")}
      onConfirm={() => remove.mutate({ id: category.id })}
      busy={remove.isPending}
    >
      {t("deleteText", { name: category.name })}
    </ConfirmDialog>
  );
}

/** What every change of the tree ends with. */
function useSettle() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  return (onDone: () => void, onFailed?: () => void) => ({
    onSuccess: async () => {
      onDone();
      await queryClient.invalidateQueries(trpc.categories.pathFilter());
      await queryClient.invalidateQueries(trpc.media.pathFilter());
    },
    onError: (error: unknown) => {
      onFailed?.();
      notify.error(messageOf(error).text);
    },
  });
}
