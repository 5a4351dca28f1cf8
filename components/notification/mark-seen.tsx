"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/components/trpc";

/** Marks the member's notifications about an exchange as seen once its page is shown. */
export function MarkSeen({ community, exchangeId }: { community: string; exchangeId: string }) {
  const router = useRouter();
  const trpc = useTRPC();
  const { mutate } = useMutation(
    trpc.notification.markSeen.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const marked = useRef("");
  useEffect(() => {
    if (marked.current === exchangeId) return;
    marked.current = exchangeId;
    mutate({ community, exchangeId });
  }, [mutate, community, exchangeId]);
  return null;
}
