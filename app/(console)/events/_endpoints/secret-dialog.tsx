"use client";
import { useTranslations } from "next-intl";
import { Button } from "../../../_ui/button.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";

/** The one time a secret is seen. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTranslations("events.endpoints.secret");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("text")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {common("close")}
        </Button>
      }
    >
      <div className="flex items-center gap-2 rounded-md bg-sunken p-3">
        <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{secret}</code>
        <CopyText text={secret} />
      </div>
    </Dialog>
  );
}
