"use client";

import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { HeaderLink } from "@/components/ui/nav";
import { countIn } from "@/domain/notification/live";
import { useLiveState } from "./use-live-state";

/**
 * The link to the notifications with the number of unseen ones, which changes while the page is open.
 * @param state the state of the notifications with which the page was rendered
 * @param countLabel its number in words
 */
export function Bell({
  community,
  state,
  countLabel,
  children,
}: {
  community: string;
  state: string;
  countLabel: string;
  children: ReactNode;
}) {
  const latest = useLiveState(community, state);
  return (
    <HeaderLink
      href={`/${community}/notifications`}
      start={<Icon name="bell" />}
      count={countIn(latest)}
      // The words are those of the rendered state, and come with the refreshed page.
      countLabel={latest === state ? countLabel : undefined}
    >
      {children}
    </HeaderLink>
  );
}
