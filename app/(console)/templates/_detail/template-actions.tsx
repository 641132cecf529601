"use client";
import { Columns2, Copy, Download, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TemplateRow } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { ButtonLink, IconButton } from "../../../_ui/button.tsx";
import { Menu, type MenuItem } from "../../../_ui/menu.tsx";
import { DeleteTemplates } from "../_components/delete-templates.tsx";
import { useExport } from "../_components/use-export.ts";
import { keyText } from "../template-key.ts";

export function TemplateActions({ template }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  const router = useRouter();
  const exportTemplates = useExport();
  const [deleting, setDeleting] = useState(false);
  const { family, definition, preset } = template;
  const key = keyText(template);
  const items: MenuItem[] = [
    { type: "link", label: t("compare.action"), icon: <Columns2 />, href: routes.compareTemplates({ a: key }) },
    { label: t("export"), icon: <Download />, onSelect: () => exportTemplates([template]) },
  ];
  if (mayEdit && !preset) {
    items.push(
      { type: "separator" },
      { label: common("delete"), icon: <Trash2 />, tone: "danger", onSelect: () => setDeleting(true) },
    );
  }
  return (
    <>
      {mayEdit && (
        <>
          <ButtonLink icon={<Copy />} href={routes.newTemplate({ from: key })}>
            {common("duplicate")}
          </ButtonLink>
          {!preset && (
            <ButtonLink variant="primary" icon={<Pencil />} href={routes.editTemplate(family, definition)}>
              {common("edit")}
            </ButtonLink>
          )}
        </>
      )}
      <Menu trigger={<IconButton variant="secondary" label={common("more")} icon={<Ellipsis />} />} items={items} />
      {deleting && (
        <DeleteTemplates
          templates={[template]}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(routes.templates())}
        />
      )}
    </>
  );
}
