import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TasksView } from "./_components/tasks-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tasks"))("title") };
}

export default function TasksPage() {
  return <TasksView />;
}
