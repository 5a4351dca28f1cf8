/**
 * By which names this installation may be asked. A page of another site can point a name of its
 * own at this machine (DNS rebinding); what it asks then carries that name in Host.
 */
import { isIP } from "node:net";
import { hostname as machineName } from "node:os";

/** The name in a Host header or an origin, without port, brackets and a final dot; null for none. */
function nameIn(host: string | undefined): string | null {
  // What is more than a name and a port is no Host (RFC 9110, 7.2).
  if (!host || !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return null;
  const address = `http://${host}`;
  if (!URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^\[|\]$|\.$/g, "");
}

const isLoopback = (name: string): boolean =>
  name === "localhost" || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name);

/** Nobody was told another address than this machine's own: only this machine opens its links. */
export const isPlainInstallation = (publicUrl: string): boolean =>
  isLoopback(nameIn(new URL(publicUrl).host) ?? "");

/**
 * Whether a Host header names this installation: PUBLIC_URL's name, or this machine for what runs
 * on it. In a plain installation also its numbers and its own name, since neither can be another
 * site's.
 */
export function isOurHost(host: string | undefined, publicUrl: string): boolean {
  const name = nameIn(host);
  if (!name) return false;
  if (isLoopback(name) || name === nameIn(new URL(publicUrl).host)) return true;
  if (!isPlainInstallation(publicUrl)) return false;
  const machine = machineName().toLowerCase();
  return isIP(name) !== 0 || name === machine || name === `${machine}.local`;
}

/** Whether an Origin header is ours: PUBLIC_URL, or in a plain installation the name that was asked. */
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
