import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TaskPage } from "./_components/task-page.tsx";

export async function generateMetadata({ params }: PageProps<"/tasks/[id]">): Promise<Metadata> {
  const t = await getTranslations("tasks");
  return { title: t("taskTitle", { id: (await params).id.slice(0, 8) }) };
}

export default async function Page({ params }: PageProps<"/tasks/[id]">) {
  return <TaskPage id={(await params).id} />;
}
