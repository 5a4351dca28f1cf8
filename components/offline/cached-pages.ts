import { CACHED_AT, isExpired, PAGES_STORE } from "@/domain/offline/offline";

export type CachedPage = {
  path: string;
  kind: "home" | "account";
  /** The community's name as its pages show it. */
  community: string;
  at: Date;
};

/** The pages cached on this device, the newest first. */
export async function cachedPages(): Promise<CachedPage[]> {
  if (!("caches" in window) || !(await caches.has(PAGES_STORE))) return [];
  const store = await caches.open(PAGES_STORE);
  const pages: CachedPage[] = [];
  for (const request of await store.keys()) {
    const response = await store.match(request);
    const at = Number(response?.headers.get(CACHED_AT));
    if (!response || isExpired(at, Date.now())) continue;
    const path = new URL(request.url).pathname;
    const slug = path.split("/")[1] ?? "";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const name = page.querySelector(`header a[href="/${slug}"]`)?.textContent?.trim();
    const kind = path === `/${slug}` ? "home" : "account";
    pages.push({ path, kind, community: name || slug, at: new Date(at) });
  }
  return pages.sort((a, b) => b.at.getTime() - a.at.getTime());
}
