"use client";
import Link from "next/link";
import { routes } from "../../../_lib/routes.ts";

export function ProcedureLinks({ names }: { names: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1.5">
      {names.map((name) => (
        <li key={name}>
          <Link href={routes.procedure(name)} className="text-ui font-medium text-accent-text hover:underline">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
