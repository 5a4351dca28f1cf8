/**
 * The host names under which this installation answers. Another site can point its own domain at this
 * machine (DNS rebinding); the Host header of its requests then has that domain.
 */
import { isIP } from "node:net";
import { hostname as machineName } from "node:os";

/** The host name without port, brackets and trailing dot; null for an invalid Host (RFC 9110, 7.2). */
function hostNameOf(host: string | undefined): string | null {
  if (!host || !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return null;
  const address = `http://${host}`;
  if (!URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^\[|\]$|\.$/g, "");
}

const isLoopback = (name: string): boolean =>
  name === "localhost" || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name);

/** Whether PUBLIC_URL is a loopback address: nobody was given another address of this installation. */
export const isPlainInstallation = (publicUrl: string): boolean =>
  isLoopback(hostNameOf(new URL(publicUrl).host) ?? "");

/**
 * Whether a Host header names this installation: the host of PUBLIC_URL or a loopback address. A plain
 * installation also accepts IP addresses and the machine's name, since no other site can own those.
 */
export function isOurHost(host: string | undefined, publicUrl: string): boolean {
  const name = hostNameOf(host);
  if (!name) return false;
  if (isLoopback(name) || name === hostNameOf(new URL(publicUrl).host)) return true;
  if (!isPlainInstallation(publicUrl)) return false;
  const machine = machineName().toLowerCase();
  return isIP(name) !== 0 || name === machine || name === `${machine}.local`;
}

/** Whether an Origin header is PUBLIC_URL or, in a plain installation, the origin of the requested host. */
export function isOurOrigin(
  origin: string | null | undefined,
  host: string | undefined,
  publicUrl: string,
): boolean {
  if (!origin) return false;
  if (origin === new URL(publicUrl).origin) return !host || isOurHost(host, publicUrl);
  if (!isPlainInstallation(publicUrl) || !isOurHost(host, publicUrl)) return false;
  return origin === `http://${host}` || origin === `https://${host}`;
}
