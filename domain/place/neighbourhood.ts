/** The parts of town that a community has named, from which members choose theirs. */
import type { Point } from "./distance";

/** How many a community may name. */
export const MAX_NEIGHBOURHOODS = 60;
/** Letters of a name; as many as a member may write of their own. */
export const MAX_NAME_LENGTH = 80;

export type Neighbourhood = { id: string; name: string; point: Point };

/** The one of these that is called so, in whatever letters. */
export const findByName = <Named extends { name: string }>(
  known: readonly Named[],
  name: string,
): Named | undefined => known.find((each) => each.name.toLowerCase() === name.toLowerCase());
