/** Web push: the notifications that a browser shows while no page is open. */

/** What the server sends to the service worker. A new server may talk to an old worker. */
export type PushPayload = {
  title: string;
  body: string;
  /** The page that a click opens: a path of this site. */
  path: string;
  lang: string;
  dir: "ltr" | "rtl";
  /** A later notification with the same tag replaces an earlier one. */
  tag: string;
};

/** Longer texts are cut: push services accept 4096 bytes, encrypted. */
const MAX_TITLE = 120;
const MAX_BODY = 300;

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

export const writePayload = ({ title, body, ...rest }: PushPayload): string =>
  JSON.stringify({ title: cut(title, MAX_TITLE), body: cut(body, MAX_BODY), ...rest });

/** Reads what `writePayload` wrote; null for anything else. */
export function readPayload(text: string): PushPayload | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof read !== "object" || read === null) return null;
  const { title, body, path, lang, dir, tag } = read as Record<string, unknown>;
  const isText = [title, body, path, lang, tag].every((each) => typeof each === "string");
  if (!isText || (dir !== "ltr" && dir !== "rtl")) return null;
  return { title, body, path, lang, dir, tag } as PushPayload;
}

/** Names that no push service has: of this machine and of home and office networks. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
/** A name with a top-level domain. An address in numbers has none, however it is written. */
const PUBLIC_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/;
const MAX_ENDPOINT = 1000;

/** Whether an endpoint may belong to a push service: https at the usual port of a public name, without credentials. */
export function isPushEndpoint(endpoint: string): boolean {
  if (endpoint.length > MAX_ENDPOINT || !URL.canParse(endpoint)) return false;
  const { protocol, username, password, port, hostname } = new URL(endpoint);
  return (
    protocol === "https:" &&
    username === "" &&
    password === "" &&
    port === "" &&
    PUBLIC_NAME.test(hostname) &&
    !PRIVATE_NAME.test(hostname)
  );
}
