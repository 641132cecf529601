"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Me, Role } from "#server/api/rows.ts";

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who is signed in; every page of the console has someone. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error("useMe outside the console.");
  return me;
}

/** Each role may do what the ones before it may; the server decides, this only hides what it would refuse. */
const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

export function useMay(role: Role): boolean {
  return RANK[useMe().user.role] >= RANK[role];
}
