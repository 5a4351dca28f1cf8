/** What a service worker is given; TypeScript's own words for it do not go with those of pages. */

type Waiting = Event & { waitUntil: (work: Promise<unknown>) => void };
export type Asked = Waiting & {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
};

type Scope = {
  /** Of the product; server/api/http/service-worker.ts writes it before the script. */
  version: string;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: { claim: () => Promise<void> };
  skipWaiting: () => Promise<void>;
  addEventListener: {
    (name: "install" | "activate", listener: (event: Waiting) => void): void;
    (name: "fetch", listener: (event: Asked) => void): void;
    (name: "message", listener: (event: Waiting & { data: unknown }) => void): void;
  };
};

export const scope = self as unknown as Scope;
