import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PipelineList } from "./_components/pipeline-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pipelines");
  return { title: t("title") };
}

export default function Page() {
  return <PipelineList />;
}
