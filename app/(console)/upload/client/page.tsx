import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientUpload } from "../_client/client-upload.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("upload.client");
  return { title: t("title") };
}

export default function Page() {
  return <ClientUpload />;
}
