/** Joins class names, leaving out what does not apply. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

/** As wide as its place, but with no weight in the cascade: any width that a caller passes wins, whatever their order. */
export const FILLS_PLACE = "[:where(&)]:w-full";

/** A control's edge, ground and states: inputs, select triggers, comboboxes look alike. */
export const CONTROL =
  `${FILLS_PLACE} ` +
  "min-w-0 rounded-md border border-line-control bg-surface text-ink shadow-raised transition-colors " +
  "hover:border-faint focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 " +
  "data-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-55 data-disabled:cursor-not-allowed " +
  "data-disabled:opacity-55";

/** Controls and buttons share their heights, so that they line up in a row; fingers get a little more. */
export const CONTROL_HEIGHTS = {
  sm: "h-7 text-ui pointer-coarse:h-9",
  md: "h-8 text-sm pointer-coarse:h-10",
} as const;
export type ControlSize = keyof typeof CONTROL_HEIGHTS;

/** The ground of whatever floats: menus, select lists, comboboxes. */
export const POPUP =
  "rounded-lg border border-line bg-raised text-ink shadow-popup outline-none origin-(--transform-origin) " +
  "transition-[opacity,scale] duration-100 data-starting-style:scale-98 data-starting-style:opacity-0 " +
  "data-ending-style:scale-98 data-ending-style:opacity-0";

export const POPUP_ITEM =
  "flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-ui outline-none select-none " +
  "data-highlighted:bg-hover data-disabled:opacity-50 pointer-coarse:py-2.5";
