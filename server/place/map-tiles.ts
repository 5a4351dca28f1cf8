import { DomainError } from "../../domain/kernel/errors";
import { type MapTiles, mapTiles } from "../../domain/place/map";
import { env } from "../platform/env";

/** The map of this installation; null where none is configured. */
export function configuredMap(): MapTiles | null {
  const { EVENHOUR_MAP_TILES, EVENHOUR_MAP_CREDIT } = env();
  return mapTiles(EVENHOUR_MAP_TILES, EVENHOUR_MAP_CREDIT);
}

/** Without a map nobody need know where anybody lives. @throws DomainError notFound */
export function requireMap(): void {
  if (!configuredMap()) throw new DomainError("notFound");
}
