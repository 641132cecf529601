"use client";
import { Menu as MenuIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Theme } from "../../_lib/locale.ts";
import { IconButton } from "../../_ui/button.tsx";
import { Drawer } from "../../_ui/drawer.tsx";
import { LiveIndicator } from "./live-indicator.tsx";
import { Brand, Navigation } from "./navigation.tsx";
import { UserMenu } from "./user-menu.tsx";

/** The sidebar of narrow windows: a bar with a menu. */
export function TopBar({ theme }: { theme: Theme }) {
  const t = useTranslations("nav");
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-20 flex h-13 items-center gap-1 border-b border-line bg-canvas px-3 md:hidden">
      <IconButton label={t("openMenu")} icon={<MenuIcon />} onClick={() => setOpen(true)} />
      <Brand shape="full" />
      <div className="ml-auto flex items-center gap-1">
        <LiveIndicator shape="rail" />
        <UserMenu theme={theme} shape="rail" />
      </div>
      <Drawer open={open} onOpenChange={setOpen} title={<Brand shape="full" />} side="left" size="sm">
        <Navigation shape="full" onNavigate={() => setOpen(false)} />
      </Drawer>
    </header>
  );
}
