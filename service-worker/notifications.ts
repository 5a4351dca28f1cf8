/** Shows what the server pushes, and opens the page that it is about. */
import { readPayload } from "../domain/push/push";
import { type NotificationEvent, type PushEvent, scope } from "./scope";

/** The pictures of scripts/make-icons.ts. */
const ICON = "/icons/icon-192.png";

/** Listens; called once, while the worker starts. */
export function listenForPushes(): void {
  scope.addEventListener("push", (event) => event.waitUntil(show(event)));
  scope.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event));
  });
}

/** A browser takes the permission away if nothing is shown, so that a push that cannot be read is shown too. */
function show({ data }: PushEvent): Promise<void> {
  const payload = readPayload(data?.text() ?? "");
  if (!payload) return scope.registration.showNotification("Evenhour", { icon: ICON });
  const { title, body, path, lang, dir, tag } = payload;
  const options = { body, lang, dir, tag, icon: ICON, data: { path } };
  // Rings again although it replaces an earlier one; TypeScript does not know the option.
  return scope.registration.showNotification(title, { ...options, renotify: true } as object);
}

/** Focuses a window that shows the page, else opens one: a page that is open may contain typed text. */
async function open({ notification }: NotificationEvent): Promise<void> {
  const { origin } = scope.location;
  const wanted = new URL(notification.data?.path ?? "/", origin);
  // A path such as //example.org would lead to another site.
  const url = wanted.origin === origin ? wanted : new URL(origin);
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shown = windows.find((each) => {
    const { pathname, search } = new URL(each.url);
    return pathname === url.pathname && search === url.search;
  });
  if (shown) await shown.focus();
  else await scope.clients.openWindow(url.href);
}
