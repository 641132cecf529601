"use client";
import { useTranslations } from "next-intl";
import type { TemplateKind } from "#domain/template.ts";
import type { TemplateVersionRow } from "#server/api/rows.ts";
import type { ParamChange } from "../../../_forms/diff-params.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { ChangesTable } from "../_components/changes-table.tsx";
import { type TemplateContent, templateChanges } from "../template-changes.ts";
import type { TemplateBase } from "../template-draft.ts";

interface ConflictDialogProps {
  kind: TemplateKind;
  /** What both began from. */
  base: TemplateBase;
  mine: TemplateContent;
  theirs: TemplateVersionRow;
  onClose: () => void;
  onMerge: () => void;
  onOverwrite: () => void;
  onTakeTheirs: () => void;
  busy: boolean;
}

/** Somebody else saved meanwhile: what they changed, what I changed, and ways on. None of them loses anything unsaid. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { kind, base, mine, theirs, onClose, onMerge, onOverwrite, onTakeTheirs, busy } = props;
  const t = useTranslations("templates.conflict");
  const theirChanges = templateChanges(kind, base, theirs);
  const myChanges = templateChanges(kind, base, mine);
  const changedByThem = new Set(theirChanges.params.map(({ trail }) => trail.join(".")));
  const noteOf = ({ trail }: ParamChange) =>
    changedByThem.has(trail.join(".")) ? <Badge tone="warning">{t("both")}</Badge> : undefined;
  const { version, createdByName, createdAt } = theirs;
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
          <Button onClick={onOverwrite} busy={busy} variant="danger">
            {t("overwrite")}
          </Button>
          <Button onClick={onMerge} variant="primary">
            {t("merge")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <section className="flex flex-col gap-2">
          <h3 className="text-ui font-semibold">
            {t("theirs")} · <RelativeTime date={createdAt} />
          </h3>
          <ChangesTable
            changes={theirChanges}
            before={t("version", { version: base.version })}
            after={t("version", { version })}
          />
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="text-ui font-semibold">{t("mine")}</h3>
          <ChangesTable
            changes={myChanges}
            before={t("version", { version: base.version })}
            after={t("myDraft")}
            noteOf={noteOf}
          />
        </section>
        <p className="text-xs text-muted">{t("mergeHint")}</p>
      </div>
    </Dialog>
  );
}
