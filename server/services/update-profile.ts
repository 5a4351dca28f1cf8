import { db } from "../db/client";
import type { MemberContext } from "./context";

export type ProfileInput = {
  displayName: string;
  about: string;
  languages: string[];
  neighbourhood: string;
  contact: string;
};

/** Changes how a member shows themselves in their community. */
export async function updateProfile(ctx: MemberContext, input: ProfileInput): Promise<void> {
  const { communityId } = ctx;
  const languages = [...new Set(input.languages)];
  await db.member.update({
    where: { communityId_id: { communityId, id: ctx.me.id } },
    data: { ...input, languages },
  });
}
