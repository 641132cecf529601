import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { safeNext } from "../../_lib/routes.ts";
import { currentMe } from "../../_lib/session.ts";
import { SignInForm } from "./_components/sign-in-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next } = await searchParams;
  const target = safeNext(typeof next === "string" ? next : null);
  if ((await currentMe()) !== null) redirect(target);
  return <SignInForm next={target} />;
}
