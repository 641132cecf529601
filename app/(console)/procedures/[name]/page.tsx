import type { Metadata } from "next";
import { ProcedureDetail } from "../_detail/procedure-detail.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  return <ProcedureDetail name={decodeURIComponent((await params).name)} />;
}
