"use client";
import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { CONTROL_HEIGHTS, type ControlSize, classes } from "./classes.ts";
import { Tooltip } from "./tooltip.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-accent-ink shadow-raised hover:bg-accent-hover",
  secondary: "border-line-control bg-surface text-ink shadow-raised hover:bg-hover active:bg-pressed",
  ghost: "border-transparent text-muted hover:bg-hover hover:text-ink active:bg-pressed data-popup-open:bg-hover",
  danger: "border-line-control bg-surface text-danger-text shadow-raised hover:border-danger hover:bg-danger-soft",
};

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none " +
  "transition-colors disabled:cursor-not-allowed disabled:opacity-55 [&>svg]:size-4 [&>svg]:shrink-0";

interface Look {
  variant?: ButtonVariant;
  size?: ControlSize;
}

function lookOf({ variant = "secondary", size = "md" }: Look, className?: string): string {
  return classes(BASE, VARIANTS[variant], CONTROL_HEIGHTS[size], size === "sm" ? "px-2" : "px-3", className);
}

export interface ButtonProps extends ComponentProps<"button">, Look {
  icon?: ReactNode;
  /** Something is on its way: shows it, and cannot be pressed again meanwhile. */
  busy?: boolean;
}

export function Button({ variant, size, icon, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={lookOf({ variant, size }, className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children"> {
  /** Read aloud, and shown as a tooltip. */
  label: string;
}

export function IconButton({ label, variant = "ghost", size = "md", icon, busy, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button
        aria-label={label}
        {...rest}
        variant={variant}
        size={size}
        icon={icon}
        busy={busy}
        className={classes("aspect-square px-0!", className)}
      />
    </Tooltip>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link>, Look {
  icon?: ReactNode;
}

/** Goes to a page of the console. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={lookOf({ variant, size }, className)}>
      {icon}
      {children}
    </Link>
  );
}

export interface ButtonAnchorProps extends ComponentProps<"a">, Look {
  icon?: ReactNode;
}

/** Leads to a file, which is no page of the router: a download, an image in a new tab. */
export function ButtonAnchor({ variant, size, icon, className, children, ...rest }: ButtonAnchorProps) {
  return (
    <a {...rest} className={lookOf({ variant, size }, className)}>
      {icon}
      {children}
    </a>
  );
}

export interface IconAnchorProps extends Omit<ButtonAnchorProps, "children"> {
  label: string;
}

export function IconAnchor({ label, variant = "ghost", className, ...rest }: IconAnchorProps) {
  return (
    <Tooltip text={label}>
      <ButtonAnchor
        aria-label={label}
        {...rest}
        variant={variant}
        className={classes("aspect-square px-0!", className)}
      />
    </Tooltip>
  );
}
