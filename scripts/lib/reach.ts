/** The lines of `npm start` about its address. */
import { isPlainInstallation } from "../../server/platform/hosts";

/** The default of HOST. */
const LOOPBACK = "127.0.0.1";

/** A hint that only this computer can open links, and what to do; null when others can open them. */
export function reachOf(publicUrl: string, host: string): string | null {
  if (!isPlainInstallation(publicUrl)) return null;
  return host === LOOPBACK
    ? "Only this computer can open it. To let neighbours in, see “Let neighbours in” in README.md."
    : "Links that are given away open on this computer only: set PUBLIC_URL to the address that neighbours type.";
}

/** The address to open: with the host of PUBLIC_URL when only this computer can reach it, else with HOST. */
export function readyAddress(publicUrl: string, host: string, port: number): string {
  const isOnlyHere = host === LOOPBACK && isPlainInstallation(publicUrl);
  if (isOnlyHere) return `http://${new URL(publicUrl).hostname}:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
