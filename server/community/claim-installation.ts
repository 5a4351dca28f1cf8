import { DomainError } from "../../domain/kernel/errors";
import { hashPassword, requireGoodPassword } from "../identity/password";
import { transaction } from "../platform/db/client";
import { hashToken, newId } from "../platform/tokens";
import { type CommunityInput, createCommunity } from "./create-community";

export type ClaimInput = CommunityInput & {
  token: string;
  yourName: string;
  email: string;
  password: string;
};

/**
 * Claims an empty installation: creates the first community, its fund and its first coordinator.
 * @throws DomainError setupLinkInvalid, passwordObvious, passwordTooCommon, timeZoneUnknown,
 *   regionUnknown, emailTaken
 */
export async function claimInstallation(input: ClaimInput, now: Date): Promise<{ slug: string }> {
  requireGoodPassword(input.password, [input.yourName, input.email, input.name]);
  const passwordHash = await hashPassword(input.password);
  const { name, language, timeZone, region } = input;
  return transaction(async (tx) => {
    const claimed = await tx.installation.updateMany({
      where: { id: 1, claimedAt: null, setupTokenHash: hashToken(input.token) },
      data: { claimedAt: now, setupTokenHash: null },
    });
    if (claimed.count !== 1) throw new DomainError("setupLinkInvalid");
    const { email, yourName } = input;
    const user = { id: newId(), email, name: yourName, passwordHash, createdAt: now };
    const created = await tx.user.createMany({ data: [user], skipDuplicates: true });
    if (created.count === 0) throw new DomainError("emailTaken", {}, "email");
    const founder = { userId: user.id, displayName: yourName };
    const settings = { name, language, timeZone, region };
    const { community } = await createCommunity(tx, settings, founder, now);
    return { slug: community.slug };
  });
}
