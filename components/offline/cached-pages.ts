import { CACHED_AT, isExpired, PAGES_STORE } from "@/domain/offline/offline";

export type KeptPage = {
  path: string;
  kind: "home" | "account";
  /** The name of the community, as its pages say it. */
  community: string;
  at: Date;
};

/** The pages that this device has kept, as they stand in its store; the newest first. */
export async function cachedPages(): Promise<KeptPage[]> {
  if (!("caches" in window) || !(await caches.has(PAGES_STORE))) return [];
  const store = await caches.open(PAGES_STORE);
  const pages: KeptPage[] = [];
  for (const request of await store.keys()) {
    const answer = await store.match(request);
    const at = Number(answer?.headers.get(CACHED_AT));
    if (!answer || isExpired(at, Date.now())) continue;
    const path = new URL(request.url).pathname;
    const slug = path.split("/")[1] ?? "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const name = page.querySelector(`header a[href="/${slug}"]`)?.textContent?.trim();
    const kind = path === `/${slug}` ? "home" : "account";
    pages.push({ path, kind, community: name || slug, at: new Date(at) });
  }
  return pages.sort((a, b) => b.at.getTime() - a.at.getTime());
}
