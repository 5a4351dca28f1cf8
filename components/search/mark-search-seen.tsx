"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc";

/** Opening a saved search marks its results as seen. Renders nothing. */
export function MarkSearchSeen({ community, id }: { community: string; id: string }) {
  const trpc = useTRPC();
  // An error is ignored: the search may have been deleted in another window.
  const { mutate } = useMutation(trpc.search.seen.mutationOptions());
  useEffect(() => mutate({ community, id }), [mutate, community, id]);
  return null;
}
