import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";

/** The frame of a table: wide ones scroll inside it, never the page. */
export function TableFrame({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={classes("overflow-x-auto rounded-lg border border-line bg-surface shadow-raised", className)}>
      {children}
    </div>
  );
}

export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table {...rest} className={classes("w-full border-collapse text-left text-ui", className)} />;
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classes(
        "h-9 border-b border-line bg-sunken/50 px-3 text-xs font-medium whitespace-nowrap text-muted",
        className,
      )}
    />
  );
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={classes("border-b border-line last:border-b-0", className)} />;
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={classes("px-3 py-2 align-middle", className)} />;
}
