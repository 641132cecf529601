import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MediaLibrary } from "./_components/media-library.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("media");
  return { title: t("title") };
}

export default function Page() {
  return <MediaLibrary />;
}
