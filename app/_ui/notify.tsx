"use client";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toaster, toast } from "sonner";

/** Passing messages. An error stays long enough to be read, and says what to do where there is something to do. */
export const notify = {
  success: (text: string, options?: NotifyOptions) => void toast.success(text, options),
  error: (text: string, options?: NotifyOptions) => void toast.error(text, { duration: 8_000, ...options }),
  info: (text: string, options?: NotifyOptions) => void toast.info(text, options),
};

export interface NotifyOptions {
  description?: string;
  action?: { label: string; onClick: () => void };
}

export function Notifications() {
  const t = useTranslations("common");
  return (
    <Toaster
      position="bottom-right"
      containerAriaLabel={t("notifications")}
      icons={{
        success: <CircleCheck className="size-4 text-success-text" />,
        error: <CircleAlert className="size-4 text-danger-text" />,
        info: <Info className="size-4 text-info-text" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border border-line bg-raised p-3.5 text-ink shadow-popup sm:w-89",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
          title: "text-ui font-medium",
          description: "mt-0.5 text-xs text-muted",
          actionButton:
            "ml-auto h-7 shrink-0 rounded-md border border-line-control px-2 text-xs font-medium hover:bg-hover",
        },
      }}
    />
  );
}
