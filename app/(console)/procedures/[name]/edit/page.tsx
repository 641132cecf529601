import type { Metadata } from "next";
import { EditProcedure } from "../../_edit/edit-procedure.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  return <EditProcedure name={decodeURIComponent((await params).name)} />;
}
