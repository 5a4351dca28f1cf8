import { db } from "../db/client";
import { coarse, type Point } from "../domain/distance";
import type { MemberContext } from "./context";

export type ProfileInput = {
  displayName: string;
  about: string;
  languages: string[];
  neighbourhood: string;
  contact: string;
  /** Null for nowhere; left out, it stays as it was. */
  point?: Point | null | undefined;
};

/** Changes how a member shows themselves in their community. */
export async function updateProfile(
  ctx: MemberContext,
  { point, ...input }: ProfileInput,
): Promise<void> {
  const { communityId } = ctx;
  const languages = [...new Set(input.languages)];
  await db.member.update({
    where: { communityId_id: { communityId, id: ctx.me.id } },
    data: { ...input, languages, ...placeOf(point) },
  });
}

/** Only where about somebody lives is ever kept, however exactly it was said. */
const placeOf = (point: Point | null | undefined) =>
  point === null ? { latitude: null, longitude: null } : point && coarse(point);
