/** Which network addresses may be called: a member chooses the address of a push service. */
import { lookup } from "node:dns";
import { lookup as lookupAll } from "node:dns/promises";
import { BlockList, isIPv4, isIPv6, type LookupFunction } from "node:net";

/** Addresses that are not public (IANA's special-purpose registries), and multicast. */
const special = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  special.addSubnet(net, prefix, "ipv4");
/** Within 2000::/3: Teredo and other protocols, documentation, and 6to4, which embeds IPv4 addresses. */
for (const [net, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  special.addSubnet(net, prefix, "ipv6");

/** All public IPv6 addresses: loopback, link-local, private and mapped IPv4 addresses are outside. */
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4");
  return isIPv6(address) && unicast.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** A name that leads to an address that may not be called. */
export class AddressRefused extends Error {}

/**
 * A lookup for Node's sockets that finds only allowed addresses. The socket connects to what it finds, so that a name
 * cannot lead elsewhere a moment later (DNS rebinding).
 */
export const guardedLookup =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, "");
      if (!found.every(({ address }) => isAllowed(address))) {
        return done(new AddressRefused(`${hostname} leads to an address that is not public`), "");
      }
      const [first] = found;
      if (options.all) done(null, found);
      else done(null, first?.address ?? "", first?.family);
    });
  };

/** Whether a name leads to allowed addresses only, as far as DNS can say now. */
export async function leadsOutside(hostname: string): Promise<boolean> {
  const found = await lookupAll(hostname, { all: true }).catch(() => []);
  return found.every(({ address }) => isPublicAddress(address));
}
