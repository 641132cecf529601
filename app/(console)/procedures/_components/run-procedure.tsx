"use client";
import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "../../../_lib/me.tsx";
import { Button } from "../../../_ui/button.tsx";
import type { ControlSize } from "../../../_ui/classes.ts";
import { CreateTaskDialog } from "../../tasks/_create/create-task-dialog.tsx";

export function RunProcedure({ name, size = "md" }: { name: string; size?: ControlSize }) {
  const t = useTranslations("procedures");
  const mayRun = useMay("operator");
  const [open, setOpen] = useState(false);
  if (!mayRun) return null;
  return (
    <>
      <Button
        variant={size === "md" ? "primary" : "secondary"}
        size={size}
        icon={<Play />}
        // In a list there are many; only what is read aloud can tell them apart.
        aria-label={t("runNamed", { name })}
        onClick={() => setOpen(true)}
      >
        {t("run")}
      </Button>
      {open && <CreateTaskDialog procedureName={name} onClose={() => setOpen(false)} />}
    </>
  );
}
