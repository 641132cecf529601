import { notFound } from "next/navigation";
import { TEMPLATE_FAMILIES } from "#domain/template.ts";
import { TemplateDetail } from "../../_components/template-detail.tsx";

export default async function Page({ params }: { params: Promise<{ family: string; definition: string }> }) {
  const { family: name, definition } = await params;
  const family = TEMPLATE_FAMILIES.find((each) => each === name);
  const number = Number(definition);
  if (family === undefined || !Number.isSafeInteger(number) || number < 1) notFound();
  return <TemplateDetail family={family} definition={number} />;
}
