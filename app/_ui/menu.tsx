"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import { classes, POPUP, POPUP_ITEM } from "./classes.ts";

interface ItemLook {
  label: string;
  icon?: ReactNode;
  hint?: string;
  disabled?: boolean;
}

export type MenuItem =
  | (ItemLook & { type?: "action"; onSelect: () => void; tone?: "danger" })
  /** A page of the console. */
  | (ItemLook & { type: "link"; href: string })
  /** A file; `download` saves it rather than shows it. */
  | (ItemLook & { type: "file"; href: string; download?: boolean })
  | {
      type: "choice";
      label: string;
      value: string;
      options: readonly { value: string; label: string; icon?: ReactNode }[];
      onChange: (value: string) => void;
    }
  | { type: "separator" };

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
}

const ITEM = classes(POPUP_ITEM, "[&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted");

export function Menu({ trigger, items, align = "end", side = "bottom" }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={classes(POPUP, "max-h-(--available-height) min-w-44 overflow-y-auto p-1")}>
            {items.map((item, index) => (
              <Item key={"label" in item ? item.label : `separator-${index}`} item={item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  switch (item.type) {
    case "separator":
      return <Base.Separator className="my-1 h-px bg-line" />;
    case "choice":
      return (
        <Base.RadioGroup value={item.value} onValueChange={(value: string) => item.onChange(value)}>
          <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-faint">{item.label}</Base.GroupLabel>
          {item.options.map((option) => (
            <Base.RadioItem key={option.value} value={option.value} className={ITEM}>
              {option.icon}
              <span className="flex-1">{option.label}</span>
              <Base.RadioItemIndicator className="ml-3">
                <Check className="size-4 text-accent-text" aria-hidden />
              </Base.RadioItemIndicator>
            </Base.RadioItem>
          ))}
        </Base.RadioGroup>
      );
    case "link":
      return (
        <Base.LinkItem className={ITEM} render={<Link href={item.href} />} closeOnClick>
          <Content item={item} />
        </Base.LinkItem>
      );
    case "file":
      return (
        <Base.LinkItem
          className={ITEM}
          href={item.href}
          closeOnClick
          {...(item.download ? { download: "" } : { target: "_blank", rel: "noreferrer" })}
        >
          <Content item={item} />
        </Base.LinkItem>
      );
    case "action":
    case undefined:
      return (
        <Base.Item
          className={classes(ITEM, item.tone === "danger" && "text-danger-text [&>svg]:text-danger-text!")}
          disabled={item.disabled}
          onClick={item.onSelect}
        >
          <Content item={item} />
        </Base.Item>
      );
  }
}

function Content({ item }: { item: ItemLook }) {
  return (
    <>
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.hint !== undefined && <span className="ml-3 text-xs text-faint">{item.hint}</span>}
    </>
  );
}
