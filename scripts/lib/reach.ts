/** What the start says of the address: who can open it, and what to type. */
import { isPlainInstallation } from "../../server/platform/hosts";

/** What HOST is unless somebody sets it. */
const THIS_COMPUTER = "127.0.0.1";

/** That neighbours cannot open the links which are given away, and what to do; null where they can. */
export function reachOf(publicUrl: string, host: string): string | null {
  if (!isPlainInstallation(publicUrl)) return null;
  return host === THIS_COMPUTER
    ? "Only this computer can open it. To let neighbours in, see “Let neighbours in” in README.md."
    : "Links that are given away open on this computer only: set PUBLIC_URL to the address that neighbours type.";
}

/** Where it is ready: by the name that its links have, where only this computer can open it. */
export function readyAddress(publicUrl: string, host: string, port: number): string {
  const isOnlyHere = host === THIS_COMPUTER && isPlainInstallation(publicUrl);
  if (isOnlyHere) return `http://${new URL(publicUrl).hostname}:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
