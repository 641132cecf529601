"use client";
import { Drawer as Base } from "@base-ui/react/drawer";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";

const POPUP =
  "flex h-full flex-col bg-raised text-ink shadow-popup outline-none transform-[translateX(var(--drawer-swipe-movement-x))] transition-transform duration-200 ease-out data-swiping:duration-0 data-swiping:select-none";

const SIDES = {
  left: "mr-auto border-r border-line data-starting-style:-translate-x-full data-ending-style:-translate-x-full",
  right: "ml-auto border-l border-line data-starting-style:translate-x-full data-ending-style:translate-x-full",
} as const;

const SIZES = { sm: "w-72 max-w-[85vw]", md: "w-lg max-w-full", lg: "w-3xl max-w-full" } as const;

export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  side?: keyof typeof SIDES;
  size?: keyof typeof SIZES;
}

/** A panel at the edge of the window, for a closer look that keeps one's place in the list behind it. */
export function Drawer(props: DrawerProps) {
  const { open, onOpenChange, title, description, children, footer, side = "right", size = "md" } = props;
  const t = useTranslations("common");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} swipeDirection={side}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade transition-opacity duration-200 data-starting-style:opacity-0 data-ending-style:opacity-0 supports-[-webkit-touch-callout:none]:absolute" />
        <Base.Viewport className="fixed inset-0 z-50 flex overflow-hidden">
          <Base.Popup className={classes(POPUP, SIDES[side], SIZES[size])}>
            <header className="flex items-start gap-3 border-b border-line px-4 py-3 sm:px-5">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-base font-semibold">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description render={<div />} className="mt-1.5 text-ui text-muted">
                    {description}
                  </Base.Description>
                )}
              </div>
              <Base.Close render={<IconButton label={t("close")} icon={<X />} size="sm" className="-mr-1" />} />
            </header>
            <Base.Content className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-4 sm:px-5">
              {children}
            </Base.Content>
            {footer !== undefined && (
              <footer className="flex items-center justify-end gap-2 border-t border-line px-4 py-3 sm:px-5">
                {footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
