"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { familyOf, type TemplateKind } from "#domain/template.ts";
import { routes } from "../_lib/routes.ts";
import { useTRPC } from "../_lib/trpc.tsx";

/** The media a field names. One that was deleted still says its id. */
export function MediaFact({ id }: { id: string }) {
  const media = useQuery(useTRPC().media.get.queryOptions({ id }));
  if (media.data === undefined) return id;
  return (
    <Link href={routes.media(id)} className="hover:underline">
      {media.data.name}
    </Link>
  );
}

/** The template a field names; as for media. */
export function TemplateFact({ kind, definition }: { kind: TemplateKind; definition: number }) {
  const template = useQuery(useTRPC().templates.get.queryOptions({ family: familyOf(kind), definition }));
  if (template.data === undefined) return definition;
  return (
    <Link href={routes.template(familyOf(kind), definition)} className="hover:underline">
      {template.data.name}
    </Link>
  );
}
