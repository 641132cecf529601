import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EventsView } from "./_components/events-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("events"))("title") };
}

export default function EventsPage() {
  return <EventsView />;
}
