import type { Outputs } from "@/components/trpc";
import { INVITATION_PARAMETER } from "@/domain/privacy/schema";

/** What the two pages show. */
export type PrivacyView = Outputs["privacy"]["read"];

/** The path of one of the two pages; a visitor needs the token of an invitation. */
export const noticePath = (
  page: "imprint" | "privacy",
  community: string,
  token?: string | undefined,
): string => {
  const query = token ? `?${INVITATION_PARAMETER}=${encodeURIComponent(token)}` : "";
  return `/${community}/${page}${query}`;
};
