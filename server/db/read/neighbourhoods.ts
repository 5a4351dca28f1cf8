import type { Neighbourhood } from "../../domain/neighbourhood";
import { db } from "../client";

/** The parts of town that a community has named, by name. */
export async function readNeighbourhoods(communityId: string): Promise<Neighbourhood[]> {
  const rows = await db.neighbourhood.findMany({
    where: { communityId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name, latitude, longitude }) => ({
    id,
    name,
    point: { latitude, longitude },
  }));
}
