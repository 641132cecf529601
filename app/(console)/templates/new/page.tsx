import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewTemplate } from "../_edit/new-template.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("new") };
}

export default function Page() {
  return <NewTemplate />;
}
