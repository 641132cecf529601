"use client";
import { Copy, Ellipsis, ListVideo, Pencil, Trash2, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProcedureRow } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { ButtonLink, IconButton } from "../../../_ui/button.tsx";
import { Menu, type MenuItem } from "../../../_ui/menu.tsx";
import { DeleteProcedure } from "../_components/delete-procedure.tsx";
import { RunProcedure } from "../_components/run-procedure.tsx";

export function ProcedureActions({ procedure }: { procedure: Pick<ProcedureRow, "name" | "preset"> }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  const [deleting, setDeleting] = useState(false);
  const { name, preset } = procedure;
  const items: MenuItem[] = [
    { type: "link", label: common("duplicate"), icon: <Copy />, href: routes.newProcedure({ from: name }) },
  ];
  if (!preset) {
    items.push(
      { type: "separator" },
      { label: common("delete"), icon: <Trash2 />, tone: "danger", onSelect: () => setDeleting(true) },
    );
  }
  return (
    <>
      <ButtonLink variant="ghost" icon={<ListVideo />} href={routes.tasks({ procedure: name })}>
        {t("itsTasks")}
      </ButtonLink>
      {mayEdit && (
        <>
          {!preset && (
            <ButtonLink icon={<Pencil />} href={routes.editProcedure(name)}>
              {common("edit")}
            </ButtonLink>
          )}
          <ButtonLink icon={<Upload />} href={routes.upload({ procedure: name })}>
            {t("uploadWith")}
          </ButtonLink>
          <RunProcedure name={name} />
          <Menu trigger={<IconButton variant="secondary" label={common("more")} icon={<Ellipsis />} />} items={items} />
        </>
      )}
      {deleting && <DeleteProcedure name={name} onClose={() => setDeleting(false)} />}
    </>
  );
}
