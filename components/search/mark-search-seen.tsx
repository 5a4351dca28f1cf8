"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc";

/** Once a kept search is opened, what it finds is new no longer. Shows nothing. */
export function MarkSearchSeen({ community, id }: { community: string; id: string }) {
  const trpc = useTRPC();
  // One that was forgotten in another window is not worth a word.
  const { mutate } = useMutation(trpc.search.seen.mutationOptions());
  useEffect(() => mutate({ community, id }), [mutate, community, id]);
  return null;
}
