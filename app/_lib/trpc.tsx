"use client";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "#server/api/router.ts";
import { failureOf } from "./failure.ts";
import { routes } from "./routes.ts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const URL = "/api/trpc";
/** Live messages keep what is shown fresh; this only bounds how stale a page one comes back to may be. */
const STALE_MS = 30_000;
const ATTEMPTS_MAX = 3;

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInAgain }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What the server refused, it will refuse again; only what never reached it is worth another try.
        retry: (failures, error) => failureOf(error) === null && failures < ATTEMPTS_MAX,
      },
      mutations: { onError: signInAgain },
    },
  });
}

/** The session ended while the page was open: sign in, and come back to the same place. */
function signInAgain(error: unknown): void {
  if (failureOf(error)?.code !== "UNAUTHORIZED") return;
  const { pathname, search } = window.location;
  if (!pathname.startsWith(routes.signIn())) window.location.assign(routes.signIn(`${pathname}${search}`));
}

/** tRPC tells which way an infinite query goes on; our lists know one way only, and refuse words they do not know. */
const oneWay: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (typeof op.input !== "object" || op.input === null || !("direction" in op.input)) return next(op);
    const { direction: _, ...input } = op.input;
    return next({ ...op, input });
  };

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      oneWay,
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: URL, transformer: superjson }),
        false: httpBatchLink({ url: URL, transformer: superjson }),
      }),
    ],
  });
}

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
