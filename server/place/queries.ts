import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { compareNames } from "../../domain/member/name-order";
import type { Neighbourhood } from "../../domain/place/neighbourhood";
import { db } from "../platform/db/client";

/** A community's neighbourhoods, by name. */
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
