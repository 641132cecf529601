import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SetupForm } from "./_components/setup-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  // The one-time token is in the address; it must not leave with a Referer header.
  return { title: (await getTranslations("setup"))("title"), referrer: "no-referrer" };
}

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  const { token } = await searchParams;
  return <SetupForm token={typeof token === "string" ? token : ""} />;
}
