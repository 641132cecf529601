import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CompareTemplates } from "../_detail/compare-templates.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates.compare");
  return { title: t("title") };
}

export default function Page() {
  return <CompareTemplates />;
}
