import { db } from "../platform/db/client";
import { newId } from "../platform/tokens";
import { hashPassword, requireGoodPassword } from "./password";

/**
 * Creates a user. A known address changes nothing and answers the same, so that the answer does not
 * reveal who has an account; its owner signs in with the existing password.
 * @throws DomainError passwordObvious, passwordTooCommon
 */
export async function signUp(
  input: { name: string; email: string; password: string },
  now: Date,
): Promise<void> {
  requireGoodPassword(input.password, [input.name, input.email]);
  const passwordHash = await hashPassword(input.password);
  await db.user.createMany({
    data: [{ id: newId(), email: input.email, name: input.name, passwordHash, createdAt: now }],
    skipDuplicates: true,
  });
}
