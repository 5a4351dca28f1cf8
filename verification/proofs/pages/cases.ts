/** For each page an address whose outcome depends only on who requests it. */
import { newToken } from "../../../server/platform/tokens";
import { type Case, closed, tokenOf } from "../permissions/cases";
import {
  agreed,
  openListing,
  photoOfClosedListing,
  shownPhoto,
  themselves,
  worded,
} from "../permissions/objects";

const here = (rest = ""): Case => ({
  place: ({ community }) => ({ path: `/${community}${rest}` }),
});
const one = (path: string, row = "all"): Case => ({ rows: { [row]: async () => ({ path }) } });
const thing = (object: typeof themselves, pathOf: (id: string) => string): Case => ({
  object,
  input: ({ community, id }) => ({ path: `/${community}${pathOf(id)}` }),
});

const photoPath = ({ community, id }: { community: string; id: string }) => ({
  path: `/api/photos/${community}/${id}/square`,
});

/** The imprint or the privacy notice of a community that is joined by invitation. */
const notice = (page: "imprint" | "privacy"): Case => ({
  rows: {
    "by invitation, without one": async (own) => ({
      path: `/${(await closed(own)).community}/${page}`,
    }),
    "with an invitation": async (own) => ({
      path: `/${(await closed(own)).community}/${page}?invitation=${await tokenOf(own)}`,
    }),
  },
});

/** A form with a one-pixel picture, as a browser sends it. */
const form = () => {
  // Node refuses shorter boundaries than browsers use.
  const boundary = "x".repeat(40);
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`;
  const file =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(head),
      Buffer.from(file, "base64"),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
};

/** By the folder of the page.tsx or route.ts within app/. */
export const pages: Record<string, Case | Case[]> = {
  "(welcome)": one("/"),
  "(welcome)/[community]/imprint": notice("imprint"),
  "(welcome)/[community]/privacy": notice("privacy"),
  "(welcome)/communities": one("/communities?all=1"),
  "(welcome)/communities/new": one("/communities/new"),
  "(welcome)/join/[community]/[[...token]]": {
    rows: {
      "by invitation, without one": async (own) => ({
        path: `/join/${(await closed(own)).community}`,
      }),
      "with an invitation": async (own) => ({
        path: `/join/${(await closed(own)).community}/${await tokenOf(own)}`,
      }),
    },
  },
  "(welcome)/link/[token]": one(`/link/${newToken()}`, "a wrong link"),
  "(welcome)/unsubscribe/[token]": one(`/unsubscribe/${newToken()}`, "a wrong link"),
  "(welcome)/mailbox": one("/mailbox", "outside the demo"),
  "(welcome)/settings": one("/settings", "own"),
  "(welcome)/settings/email/[token]": one(`/settings/email/${newToken()}`, "a wrong link"),
  "(welcome)/setup/[token]": one(`/setup/${newToken()}`, "a wrong link"),
  "(welcome)/sign-in": one("/sign-in"),
  "(welcome)/sign-up": one("/sign-up"),
  "[community]": here(),
  "[community]/account": here("/account"),
  "[community]/account/print": thing(themselves, (id) => `/account/print?member=${id}`),
  "[community]/account/statement.csv": thing(
    themselves,
    (id) => `/account/statement.csv?member=${id}`,
  ),
  "[community]/accounts/[id]": thing(themselves, (id) => `/accounts/${id}`),
  "[community]/availability": here("/availability"),
  "[community]/browse": here("/browse"),
  "[community]/coordinate": here("/coordinate"),
  "[community]/coordinate/invitations": here("/coordinate/invitations"),
  "[community]/coordinate/neighbourhoods": here("/coordinate/neighbourhoods"),
  "[community]/coordinate/privacy": here("/coordinate/privacy"),
  "[community]/coordinate/rules": here("/coordinate/rules"),
  "[community]/coordinate/words": thing(worded, () => "/coordinate/words"),
  "[community]/exchanges": here("/exchanges"),
  "[community]/exchanges/[id]": thing(agreed, (id) => `/exchanges/${id}`),
  "[community]/exchanges/[id]/calendar": thing(agreed, (id) => `/exchanges/${id}/calendar`),
  "[community]/fund": here("/fund"),
  "[community]/listings/[id]": thing(openListing, (id) => `/listings/${id}`),
  "[community]/listings/[id]/edit": thing(openListing, (id) => `/listings/${id}/edit`),
  "[community]/listings/new": here("/listings/new?kind=offer"),
  "[community]/me": here("/me"),
  "[community]/members": here("/members"),
  "[community]/members/[id]": thing(themselves, (id) => `/members/${id}`),
  "[community]/notifications": here("/notifications"),
  "[community]/notifications/settings": here("/notifications/settings"),
  "[community]/my-listings": here("/my-listings"),
  "[community]/profile": here("/profile"),
  "[community]/propose": thing(openListing, (id) => `/propose?listing=${id}`),
  "[community]/record": here("/record"),
  "[community]/start": here("/start?step=2"),
  offline: one("/offline"),
  "worker.js": one("/worker.js"),
  "language/[language]": one("/language/es?from=/sign-in"),
  "api/auth/[...nextauth]": one("/api/auth/session", "the session"),
  "api/unsubscribe/[token]": one("/api/unsubscribe/wrong", "a wrong link"),
  "api/calendar/[token]": one(`/api/calendar/${newToken()}.ics`, "a wrong address"),
  "api/photos/[community]": {
    object: openListing,
    input: ({ community, id }) => ({
      path: `/api/photos/${community}?listing=${id}`,
      ...form(),
    }),
  },
  "api/photos/[community]/[id]/[size]": [
    { object: shownPhoto, input: photoPath },
    { variant: "of a closed listing", object: photoOfClosedListing, input: photoPath },
  ],
  "api/events": {
    place: ({ community }) => ({ path: `/api/events?community=${community}` }),
  },
  "api/doctor": one("/api/doctor", "without the key"),
  "api/health": one("/api/health"),
  "api/trpc/[trpc]": one("/api/trpc/person.me", "oneself"),
};
