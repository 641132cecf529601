"use client";
import { useTranslations } from "next-intl";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";

export interface MadeKey {
  id: string;
  secret: string;
}

/** The only time a secret is seen; nobody loses it by a click beside the dialog. */
export function SecretDialog({ made, onClose }: { made: MadeKey | null; onClose: () => void }) {
  const t = useTranslations("apiKeys.secret");
  return (
    <Dialog
      open={made !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      dismiss="button"
      title={t("title")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      {made !== null && (
        <div className="flex flex-col gap-4">
          <Banner tone="warning">{t("once")}</Banner>
          <dl className="flex flex-col gap-3">
            <Value label={t("id")} value={made.id} />
            <Value label={t("secret")} value={made.secret} />
          </dl>
        </div>
      )}
    </Dialog>
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="mt-1 flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 font-mono text-ui break-all select-all">{value}</code>
        <CopyText text={value} />
      </dd>
    </div>
  );
}
