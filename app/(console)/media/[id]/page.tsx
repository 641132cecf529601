import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MediaPage } from "../_components/media-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("media");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <MediaPage id={(await params).id} />;
}
