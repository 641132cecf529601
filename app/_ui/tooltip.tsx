"use client";
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { classes } from "./classes.ts";

export interface TooltipProps {
  text: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  className?: string;
  /** One element that takes props and a ref. What the tooltip says must not be needed to use it. */
  children: ReactElement;
}

export function Tooltip({ text, side = "top", className, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-60">
          <Base.Popup
            className={classes(
              "max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-popup transition-opacity duration-100 data-starting-style:opacity-0 data-ending-style:opacity-0 data-instant:transition-none",
              className,
            )}
          >
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export const TooltipProvider = Base.Provider;
