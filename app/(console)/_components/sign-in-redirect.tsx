"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { routes } from "../../_lib/routes.ts";

/** A layout on the server does not know its address, the browser does: it takes the way back along. */
export function SignInRedirect() {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => {
    const here = search === "" ? pathname : `${pathname}?${search}`;
    router.replace(routes.signIn(here === routes.home() ? undefined : here));
  }, [router, pathname, search]);
  return null;
}
