import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateList } from "./_list/template-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("title") };
}

export default function Page() {
  return <TemplateList />;
}
