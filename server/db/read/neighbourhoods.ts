import type { InterfaceLanguage } from "../../domain/community";
import { compareNames } from "../../domain/names";
import type { Neighbourhood } from "../../domain/neighbourhood";
import { db } from "../client";

/** The parts of town that a community has named, by name. */
export async function readNeighbourhoods(
  communityId: string,
  language: InterfaceLanguage,
): Promise<Neighbourhood[]> {
  const rows = await db.neighbourhood.findMany({
    where: { communityId },
    orderBy: { id: "asc" },
  });
  const compare = compareNames(language);
  return rows
    .map(({ id, name, latitude, longitude }) => ({ id, name, point: { latitude, longitude } }))
    .sort((one, other) => compare(one.name, other.name));
}
