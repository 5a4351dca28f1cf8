/** The neighbourhoods that a community defines and from which members choose theirs. */
import type { Point } from "./distance";

export const MAX_NEIGHBOURHOODS = 60;
/** In characters, also for a neighbourhood that a member enters. */
export const MAX_NAME_LENGTH = 80;

export type Neighbourhood = { id: string; name: string; point: Point };

/** Ignores case. */
export const findByName = <Named extends { name: string }>(
  known: readonly Named[],
  name: string,
): Named | undefined => known.find((each) => each.name.toLowerCase() === name.toLowerCase());
