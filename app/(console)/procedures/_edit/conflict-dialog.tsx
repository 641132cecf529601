"use client";
import { useTranslations } from "next-intl";
import type { ProcedureVersionRow } from "#server/api/rows.ts";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { TextDiff } from "../../../_ui/text-diff.tsx";
import { textOf } from "../procedure-draft.ts";
import type { ProcedureInput } from "./procedure-form.tsx";

interface ConflictDialogProps {
  mine: ProcedureInput;
  theirs: ProcedureVersionRow;
  busy: boolean;
  onClose: () => void;
  onOverwrite: () => void;
  onTakeTheirs: () => void;
}

/** Somebody else saved meanwhile: what differs, and ways on. Closing goes on with one's own, and their version stays in the history. */
export function ConflictDialog({ mine, theirs, busy, onClose, onOverwrite, onTakeTheirs }: ConflictDialogProps) {
  const t = useTranslations("procedures.conflict");
  const { version, createdByName, body, comment } = theirs;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title={t("title")}
      description={t("text", { version, name: createdByName ?? t("somebody") })}
      footer={
        <>
          <Button onClick={onTakeTheirs} className="sm:mr-auto">
            {t("takeTheirs")}
          </Button>
          <Button onClick={onClose}>{t("goOn")}</Button>
          <Button onClick={onOverwrite} busy={busy} variant="danger">
            {t("overwrite")}
          </Button>
        </>
      }
    >
      <TextDiff
        before={textOf(body, comment)}
        after={textOf(mine.body, mine.comment)}
        beforeLabel={t("theirs", { version })}
        afterLabel={t("mine")}
      />
    </Dialog>
  );
}
