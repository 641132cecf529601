import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewProcedure } from "../_edit/new-procedure.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("procedures");
  return { title: t("new") };
}

export default function Page() {
  return <NewProcedure />;
}
