/** The global scope of a service worker. TypeScript's `webworker` types conflict with those of pages. */

type ExtendableEvent = Event & { waitUntil: (work: Promise<unknown>) => void };
export type FetchEvent = ExtendableEvent & {
  request: Request;
  respondWith: (response: Promise<Response>) => void;
};

export type PushEvent = ExtendableEvent & { data: { text: () => string } | null };
export type NotificationEvent = ExtendableEvent & {
  notification: { close: () => void; data?: { path?: string } | null };
};

type Window = { url: string; focus: () => Promise<unknown> };

type Scope = {
  /** Of the product; server/api/http/service-worker.ts writes it before the script. */
  version: string;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    claim: () => Promise<void>;
    matchAll: (of: { type: "window"; includeUncontrolled: boolean }) => Promise<Window[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  skipWaiting: () => Promise<void>;
  addEventListener: {
    (name: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
    (name: "fetch", listener: (event: FetchEvent) => void): void;
    (name: "push", listener: (event: PushEvent) => void): void;
    (name: "notificationclick", listener: (event: NotificationEvent) => void): void;
    (name: "message", listener: (event: ExtendableEvent & { data: unknown }) => void): void;
  };
};

export const scope = self as unknown as Scope;
