import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditPage, type Purpose } from "../_edit/edit-page.tsx";

type Search = Promise<{ [key: string]: string | string[] | undefined }>;

async function purposeOf(searchParams: Search): Promise<Purpose> {
  return (await searchParams).as === "split" ? "split" : "join";
}

export async function generateMetadata({ searchParams }: { searchParams: Search }): Promise<Metadata> {
  const t = await getTranslations("edit");
  return { title: t(`${await purposeOf(searchParams)}.title`) };
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { media } = await searchParams;
  const mediaIds = typeof media === "string" ? media.split(",").filter((id) => id !== "") : [];
  const purpose = await purposeOf(searchParams);
  // Another address is another edit: nothing typed for the one before lingers.
  return <EditPage key={`${purpose} ${media}`} purpose={purpose} mediaIds={mediaIds} />;
}
