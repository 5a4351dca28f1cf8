"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
// Type only: no code of the procedures reaches the browser.
import type { AppRouter } from "@/server/api/root";

/** The output of each procedure. */
export type Outputs = inferRouterOutputs<AppRouter>;

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

/** Provides the tRPC client, the only way for components to write. */
export function Procedures({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        // Offline, a mutation fails and says so; by default it would wait and be sent at some later time.
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
