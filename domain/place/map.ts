/** The map of a community: where its picture comes from, and what is drawn together on it. */
import type { Point } from "./distance";

/** Somebody else's server of pictures of the map, as the installation configures it. */
export type MapTiles = {
  /** An address with {z}, {x} and {y}. */
  tiles: string;
  /** Whom a member's device asks. */
  host: string;
  credit: { text: string; href: string | null };
};

const ADDRESS = /https?:\/\/\S+/;

/** Who made the map; an address in the text becomes the link. */
export function creditOf(text: string): MapTiles["credit"] {
  const href = ADDRESS.exec(text)?.[0] ?? null;
  return { text: text.replace(ADDRESS, "").trim() || (href ?? ""), href };
}

/** The map that an installation has configured; null where it has none. */
export const mapTiles = (tiles: string | undefined, credit: string | undefined): MapTiles | null =>
  tiles ? { tiles, host: new URL(tiles).host, credit: creditOf(credit ?? "") } : null;

/** Things on the map that are drawn as one. */
export type Group<Item> = { point: Point; points: Point[]; items: Item[] };

/** Those at one and the same point together, in the order in which they came. */
export function atPoints<Item extends { point: Point }>(items: readonly Item[]): Group<Item>[] {
  const groups = new Map<string, Group<Item>>();
  for (const item of items) {
    const { point } = item;
    const key = `${point.latitude} ${point.longitude}`;
    const group = groups.get(key) ?? { point, points: [point], items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Groups that would be drawn nearer to each other than `least` pixels become one, where the larger
 * one is: each can be pressed, however far one looks from.
 * @param pixels where a point is drawn
 */
export function groupByCell<Item>(
  groups: readonly Group<Item>[],
  pixels: (point: Point) => { x: number; y: number },
  least: number,
): Group<Item>[] {
  const kept: (Group<Item> & { at: { x: number; y: number } })[] = [];
  for (const group of [...groups].sort((a, b) => b.items.length - a.items.length)) {
    const at = pixels(group.point);
    const near = kept.find(({ at: { x, y } }) => Math.hypot(x - at.x, y - at.y) < least);
    if (near) {
      near.points = [...near.points, ...group.points];
      near.items = [...near.items, ...group.items];
    } else kept.push({ ...group, at });
  }
  return kept.map(({ at: _, ...group }) => group);
}
