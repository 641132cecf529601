import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProcedureList } from "./_components/procedure-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("procedures");
  return { title: t("title") };
}

export default function Page() {
  return <ProcedureList />;
}
