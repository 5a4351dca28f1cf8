import { type Named, nameText } from "../member/member";

/** A side of an exchange is an account: a member's, or the community fund's, which has the community's id. */
export type ExchangeSide<Member extends Named = Named> =
  | ({ kind: "member" } & Member)
  | { kind: "fund"; id: string };

/** The messages `memberName`. */
type Names = ((key: "coordinator", values: { name: string }) => string) & ((key: "fund") => string);

/** The name of a side in a sentence or a file, where coordinators are marked by a word. */
export const sideText = (names: Names, side: ExchangeSide): string =>
  side.kind === "fund" ? names("fund") : nameText(names, side);

/** The name of a side where its role does not matter, as in the questions of a form. */
export const sideName = (names: Names, side: ExchangeSide): string =>
  side.kind === "fund" ? names("fund") : side.displayName;

/** The member who is this side; null for the fund, which has no page, photo, contact details or availability. */
export const memberOf = <Member extends Named>(
  side: ExchangeSide<Member>,
): ({ kind: "member" } & Member) | null => (side.kind === "member" ? side : null);
