/** The map of a community: its tiles, and the grouping of items on it. */
import type { Point } from "./distance";

/** A third party's tile server, as the operator configures it. */
export type MapTiles = {
  /** A URL with {z}, {x} and {y}. */
  tiles: string;
  /** The host that members' devices contact. */
  host: string;
  credit: { text: string; href: string | null };
};

const URL_IN_TEXT = /https?:\/\/\S+/;

/** The attribution; a URL in it becomes the link. */
export function creditOf(text: string): MapTiles["credit"] {
  const href = URL_IN_TEXT.exec(text)?.[0] ?? null;
  return { text: text.replace(URL_IN_TEXT, "").trim() || (href ?? ""), href };
}

/** The configured tile server; null if there is none. */
export const mapTiles = (tiles: string | undefined, credit: string | undefined): MapTiles | null =>
  tiles ? { tiles, host: new URL(tiles).host, credit: creditOf(credit ?? "") } : null;

/** Items that one mark on the map stands for. */
export type Group<Item> = { point: Point; points: Point[]; items: Item[] };

/** Groups items at the same point, in their original order. */
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
 * Merges groups that are closer than `minDistance` pixels, at the place of the larger one, so that each
 * mark can be pressed at any zoom level.
 * @param pixels the position of a point on the screen
 */
export function groupByCell<Item>(
  groups: readonly Group<Item>[],
  pixels: (point: Point) => { x: number; y: number },
  minDistance: number,
): Group<Item>[] {
  const merged: (Group<Item> & { at: { x: number; y: number } })[] = [];
  for (const group of [...groups].sort((a, b) => b.items.length - a.items.length)) {
    const at = pixels(group.point);
    const near = merged.find(({ at: { x, y } }) => Math.hypot(x - at.x, y - at.y) < minDistance);
    if (near) {
      near.points = [...near.points, ...group.points];
      near.items = [...near.items, ...group.items];
    } else merged.push({ ...group, at });
  }
  return merged.map(({ at: _, ...group }) => group);
}
