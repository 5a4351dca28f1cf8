"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
// Only the type: the browser learns the shapes of the procedures and nothing of their code.
import type { AppRouter } from "@/server/api/root";

/** What each procedure answers. */
export type Outputs = inferRouterOutputs<AppRouter>;

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

/** Lets the components below write through tRPC, the only way to write. */
export function Procedures({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        // Without a line sending fails and says so; else it would wait, and be sent at some later time.
        defaultOptions: {
          mutations: { retry: false, networkMode: "always" },
          queries: { retry: false, networkMode: "always" },
        },
      }),
  );
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [httpLink({ url: "/api/trpc", transformer: superjson })],
    }),
  );
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
