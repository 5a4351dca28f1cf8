import { DomainError } from "../../domain/kernel/errors";
import { type MapTiles, mapTiles } from "../../domain/place/map";
import { env } from "../platform/env";

/** The installation's map; null where none is configured. */
export function configuredMap(): MapTiles | null {
  const { EVENHOUR_MAP_TILES, EVENHOUR_MAP_CREDIT } = env();
  return mapTiles(EVENHOUR_MAP_TILES, EVENHOUR_MAP_CREDIT);
}

/** Refuses locations where there is no map to show them. @throws DomainError notFound */
export function requireMap(): void {
  if (!configuredMap()) throw new DomainError("notFound");
}
