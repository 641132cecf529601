import { notFound } from "next/navigation";
import { EditTemplate } from "../../../_edit/edit-template.tsx";
import { readKey } from "../../../template-key.ts";

export default async function Page({ params }: { params: Promise<{ family: string; definition: string }> }) {
  const { family, definition } = await params;
  const key = readKey(`${family}-${definition}`);
  if (key === null) notFound();
  return <EditTemplate of={key} />;
}
