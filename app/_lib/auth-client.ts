"use client";
import { createAuthClient } from "better-auth/react";

/** Sign-in, sign-out, name and password; everything else goes through tRPC. */
export const authClient = createAuthClient();
