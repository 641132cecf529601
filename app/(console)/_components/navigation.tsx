"use client";
import {
  BellRing,
  BookOpenText,
  Film,
  KeyRound,
  LayoutTemplate,
  ListVideo,
  type LucideIcon,
  Rows3,
  Settings,
  Upload,
  Workflow,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMay } from "../../_lib/me.tsx";
import { routes } from "../../_lib/routes.ts";
import { BrandMark } from "../../_ui/brand-mark.tsx";
import { classes } from "../../_ui/classes.ts";
import { Tooltip } from "../../_ui/tooltip.tsx";

interface Place {
  name:
    | "tasks"
    | "media"
    | "upload"
    | "templates"
    | "procedures"
    | "pipelines"
    | "events"
    | "apiKeys"
    | "apiReference"
    | "settings";
  href: string;
  icon: LucideIcon;
  /** Who may do nothing there is not led there. */
  role?: "operator";
}

const GROUPS: readonly { name: "work" | "flows" | "system"; places: readonly Place[] }[] = [
  {
    name: "work",
    places: [
      { name: "tasks", href: routes.tasks(), icon: ListVideo },
      { name: "media", href: routes.mediaLibrary(), icon: Film },
      { name: "upload", href: routes.upload(), icon: Upload, role: "operator" },
    ],
  },
  {
    name: "flows",
    places: [
      { name: "templates", href: routes.templates(), icon: LayoutTemplate },
      { name: "procedures", href: routes.procedures(), icon: Workflow },
      { name: "pipelines", href: routes.pipelines(), icon: Rows3 },
    ],
  },
  {
    name: "system",
    places: [
      { name: "events", href: routes.events(), icon: BellRing },
      { name: "apiKeys", href: routes.apiKeys(), icon: KeyRound, role: "operator" },
      { name: "apiReference", href: routes.apiReference(), icon: BookOpenText },
      { name: "settings", href: routes.settings(), icon: Settings },
    ],
  },
];

/** `full` shows its words, `rail` its icons only, `adaptive` its words where the window is wide. */
export type NavigationShape = "full" | "rail" | "adaptive";

export const NAVIGATION_WORDS: Record<NavigationShape, string> = {
  full: "",
  rail: "sr-only",
  adaptive: "max-xl:sr-only",
};

export function Navigation({ shape, onNavigate }: { shape: NavigationShape; onNavigate?: () => void }) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  const mayOperate = useMay("operator");
  return (
    <nav aria-label={t("main")} className="flex flex-col gap-4">
      {GROUPS.map((group) => (
        <div key={group.name}>
          <h2 className={classes("px-2 pb-1 text-2xs font-medium text-faint", NAVIGATION_WORDS[shape])}>
            {t(`groups.${group.name}`)}
          </h2>
          <ul className="flex flex-col gap-px">
            {group.places
              .filter(({ role }) => role !== "operator" || mayOperate)
              .map(({ name, href, icon: Icon }) => {
                const here = pathname === href || pathname.startsWith(`${href}/`);
                const link = (
                  <Link
                    href={href}
                    onClick={onNavigate}
                    aria-current={here ? "page" : undefined}
                    className={classes(
                      "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors pointer-coarse:h-10",
                      here ? "bg-pressed font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
                    )}
                  >
                    <Icon className={classes("size-4 shrink-0", here && "text-accent-text")} aria-hidden />
                    <span className={classes("truncate", NAVIGATION_WORDS[shape])}>{t(name)}</span>
                  </Link>
                );
                return (
                  <li key={name}>
                    {shape === "full" ? (
                      link
                    ) : (
                      <Tooltip text={t(name)} side="right" className={shape === "adaptive" ? "xl:hidden" : undefined}>
                        {link}
                      </Tooltip>
                    )}
                  </li>
                );
              })}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function Brand({ shape }: { shape: NavigationShape }) {
  const t = useTranslations("common");
  return (
    <Link href={routes.home()} className="flex h-8 items-center gap-2.5 rounded-md px-1.5 font-semibold tracking-tight">
      <BrandMark className="size-5 shrink-0" />
      <span className={NAVIGATION_WORDS[shape]}>{t("product")}</span>
    </Link>
  );
}
