import { z } from "zod";
import type { Role } from "#server/api/rows.ts";

/** What the server accepts as a password. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** From the one that may most to the one that may least. */
export const ROLES = ["admin", "operator", "viewer"] as const satisfies readonly Role[];

export interface NewUserDraft {
  name: string;
  email: string;
  password: string;
  role: Role;
}

export const EMPTY_USER: NewUserDraft = { name: "", email: "", password: "", role: "operator" };

type WrongFields = Partial<Record<"name" | "email" | "password", "missing" | "emailWrong" | "passwordShort">>;

/** What can be said before the server is asked; the server checks again, and knows which addresses are taken. */
export function wrongFieldsOf(draft: Omit<NewUserDraft, "role">): WrongFields {
  const wrong: WrongFields = {};
  if (draft.name.trim() === "") wrong.name = "missing";
  if (draft.email.trim() === "") wrong.email = "missing";
  else if (!z.email().safeParse(draft.email.trim()).success) wrong.email = "emailWrong";
  if (draft.password.length < PASSWORD_LENGTH.min) wrong.password = "passwordShort";
  return wrong;
}
