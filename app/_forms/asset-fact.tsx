"use client";
import { useQuery } from "@tanstack/react-query";
import { NONE } from "../_lib/format.ts";
import { useTRPC } from "../_lib/trpc.tsx";

/** A small file as it is: a picture to see, anything else by its name. */
export function AssetFact({ id }: { id: unknown }) {
  const known = typeof id === "string" && id !== "";
  const asset = useQuery({ ...useTRPC().assets.get.queryOptions({ id: known ? id : "" }), enabled: known });
  if (asset.data === undefined) return NONE;
  const { name, url, info } = asset.data;
  if (info.kind !== "image") return name;
  return (
    <span className="flex items-center gap-2">
      <img src={url} alt="" className="max-h-12 max-w-32 rounded-md border border-line bg-sunken object-contain" />
      <span className="min-w-0 truncate">{name}</span>
    </span>
  );
}
