/** The link in an e-mail that stops e-mails of its kind. It has only that power, so it never expires. */
import { parse, stringify } from "uuid";
import { isSameText, signBytes } from "../tokens";

export type Unsubscribe = { communityId: string; memberId: string; kind: string };

const PURPOSE = "evenhour unsubscribe";
const ID_BYTES = 16;
const SIGNATURE_BYTES = 16;

/** The token: who, of what, and a signature by a key that is not in the database. */
export function unsubscribeToken({ communityId, memberId, kind }: Unsubscribe): string {
  const content = Buffer.concat([parse(communityId), parse(memberId), Buffer.from(kind, "latin1")]);
  const signature = signBytes(PURPOSE, content).subarray(0, SIGNATURE_BYTES);
  return Buffer.concat([signature, content]).toString("base64url");
}

/** What the token stops; null for one that is forged or was signed with another AUTH_SECRET. */
export function readUnsubscribeToken(token: string): Unsubscribe | null {
  const bytes = Buffer.from(token, "base64url");
  const content = bytes.subarray(SIGNATURE_BYTES);
  if (content.length <= 2 * ID_BYTES || content.length > 2 * ID_BYTES + 20) return null;
  const id = (from: number) => stringify(content.subarray(from, from + ID_BYTES));
  try {
    const read = {
      communityId: id(0),
      memberId: id(ID_BYTES),
      kind: content.subarray(2 * ID_BYTES).toString("latin1"),
    };
    // Compared as a whole: every other spelling of the same bytes is refused too.
    return isSameText(unsubscribeToken(read), token) ? read : null;
  } catch {
    return null;
  }
}
