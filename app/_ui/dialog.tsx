"use client";
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, IconButton } from "./button.tsx";
import { classes } from "./classes.ts";

const BACKDROP =
  "fixed inset-0 z-40 bg-shade transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0 supports-[-webkit-touch-callout:none]:absolute";
const VIEWPORT = "fixed inset-0 z-50 flex items-center justify-center overflow-hidden p-3 sm:p-6";
const POPUP =
  "flex max-h-full w-full flex-col overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-popup outline-none transition-[opacity,scale] duration-150 data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:scale-98 data-ending-style:opacity-0";
const FOOTER = "flex flex-wrap items-center justify-end gap-2 border-t border-line bg-sunken/60 px-4 py-3 sm:px-5";

const SIZES = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-3xl", xl: "max-w-5xl" } as const;

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  size?: keyof typeof SIZES;
  /** What else than its buttons closes it: by default also a click outside. */
  dismiss?: "anywhere" | "button";
}

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "md", dismiss = "anywhere" } = props;
  const t = useTranslations("common");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={dismiss === "button"}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Viewport className={VIEWPORT}>
          <Base.Popup className={classes(POPUP, SIZES[size])}>
            <header className="flex items-start gap-3 px-4 pt-4 pb-3 sm:px-5">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-base font-semibold">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="mt-0.5 text-ui text-muted">{description}</Base.Description>
                )}
              </div>
              <Base.Close render={<IconButton label={t("close")} icon={<X />} size="sm" className="-mr-1" />} />
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 pt-1 pb-5 sm:px-5">{children}</div>
            {footer !== undefined && <footer className={FOOTER}>{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What the action will touch. */
  children: ReactNode;
  confirmLabel: string;
  /** `Cancel` by default; what is to be cancelled needs another word. */
  dismissLabel?: string;
  onConfirm: () => void;
  variant?: "primary" | "danger";
  busy?: boolean;
}

/** Asks before something that cannot be undone; a click outside is no answer. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    children,
    confirmLabel,
    dismissLabel,
    onConfirm,
    variant = "danger",
    busy = false,
  } = props;
  const t = useTranslations("common");
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={BACKDROP} />
        <AlertDialog.Viewport className={VIEWPORT}>
          <AlertDialog.Popup className={classes(POPUP, SIZES.sm)}>
            <div className="overflow-y-auto px-4 pt-4 pb-5 sm:px-5">
              <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
              <AlertDialog.Description render={<div />} className="mt-1.5 text-sm text-muted">
                {children}
              </AlertDialog.Description>
            </div>
            <footer className={FOOTER}>
              <AlertDialog.Close render={<Button>{dismissLabel ?? t("cancel")}</Button>} />
              <Button
                variant={variant === "danger" ? "primary" : variant}
                className={variant === "danger" ? "bg-danger! hover:brightness-95" : undefined}
                onClick={onConfirm}
                busy={busy}
              >
                {confirmLabel}
              </Button>
            </footer>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
