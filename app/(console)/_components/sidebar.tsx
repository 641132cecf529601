"use client";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Theme } from "../../_lib/locale.ts";
import { rememberSidebar, type SidebarWidth } from "../../_lib/preferences.tsx";
import { IconButton } from "../../_ui/button.tsx";
import { classes } from "../../_ui/classes.ts";
import { LiveIndicator } from "./live-indicator.tsx";
import { Brand, Navigation } from "./navigation.tsx";
import { UserMenu } from "./user-menu.tsx";

/** On middling windows a rail of icons; on wide ones with words, unless folded; on narrow ones see TopBar. */
export function Sidebar({ theme, width }: { theme: Theme; width: SidebarWidth }) {
  const t = useTranslations("nav");
  const [shown, setShown] = useState(width);
  const folded = shown === "folded";
  const shape = folded ? "rail" : "adaptive";
  const choose = (next: SidebarWidth) => {
    setShown(next);
    rememberSidebar(next);
  };
  return (
    <aside
      className={classes(
        "sticky top-0 z-20 hidden h-dvh w-14 shrink-0 flex-col border-r border-line bg-canvas px-3 py-3 transition-[width] duration-150 md:flex",
        !folded && "xl:w-56",
      )}
    >
      <div className={classes("mb-4 flex justify-between", folded ? "flex-col gap-2" : "items-center")}>
        <Brand shape={shape} />
        <IconButton
          size="sm"
          label={t(folded ? "expand" : "collapse")}
          icon={folded ? <PanelLeftOpen /> : <PanelLeftClose />}
          onClick={() => choose(folded ? "open" : "folded")}
          className={classes("max-xl:hidden", folded && "mx-auto")}
        />
      </div>
      <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
        <Navigation shape={shape} />
      </div>
      <div className="mt-3 flex flex-col gap-1 border-t border-line pt-2">
        <LiveIndicator shape={shape} />
        <UserMenu theme={theme} shape={shape} />
      </div>
    </aside>
  );
}
