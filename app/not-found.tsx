import { Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import { routes } from "./_lib/routes.ts";
import { ButtonLink } from "./_ui/button.tsx";
import { EmptyState } from "./_ui/empty-state.tsx";

export default function NotFound() {
  const t = useTranslations("common");
  return (
    <div className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={<Compass />}
        title={t("notFound")}
        text={t("notFoundText")}
        actions={<ButtonLink href={routes.tasks()}>{t("toTasks")}</ButtonLink>}
      />
    </div>
  );
}
