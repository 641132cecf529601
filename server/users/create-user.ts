import { hashPassword } from "better-auth/crypto";
import type { Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Role } from "../../prisma/generated/enums.ts";
import type { Db, Tx } from "../db/client.ts";

export interface NewUser {
  applicationId: number;
  name: string;
  email: string;
  password: string;
  role: Role;
}

/** A user who can sign in with a password. better-auth keeps that as an account of the provider "credential". */
export async function createUser(db: Db | Tx, user: NewUser): Promise<Result<{ id: string }, Failure>> {
  const { password, email: givenEmail, ...columns } = user;
  const id = newId();
  // Sign-in looks the lower-cased address up.
  const email = givenEmail.toLowerCase();
  const account = { id: newId(), accountId: id, providerId: "credential", password: await hashPassword(password) };
  try {
    await db.user.create({ data: { ...columns, id, email, accounts: { create: account } } });
    return ok({ id });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      return fail({ code: "EMAIL_TAKEN", detail: email });
    }
    throw error;
  }
}
