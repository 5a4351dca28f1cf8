/**
 * The network of a client, which rate limits and the log use in place of its address: an IPv4 address
 * as it is, and the first 64 bits of an IPv6 address, since a site has at least a whole /64 (RFC 6177).
 */

/** An IPv6 address with one of these prefixes has an IPv4 address in its last 32 bits. */
const MAPPED = [
  // ::ffff:0:0/96, RFC 4291: how a dual-stack socket shows IPv4.
  "0:0:0:0:0:ffff",
  // 64:ff9b::/96, RFC 6052: IPv4 behind a translator.
  "64:ff9b:0:0:0:0",
];

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** @returns for example "203.0.113.9" or "2001:db8:1:2::/64"; text that is not an address, unchanged */
export function networkOf(address: string): string {
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/%.*$/, "");
  if (!bare.includes(":")) return bare;
  const groups = groupsOf(bare);
  if (!groups) return bare;
  const [high = 0, low = 0] = groups.slice(6);
  if (MAPPED.includes(hex(groups.slice(0, 6)))) {
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return `${hex(groups.slice(0, 4))}::/64`;
}

const hex = (groups: number[]) => groups.map((group) => group.toString(16)).join(":");

/** The eight groups of an IPv6 address; null if it is not one. */
function groupsOf(address: string): number[] | null {
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map(partsOf);
  if (head === null || tail === null) return null;
  if (halves.length === 1) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : [...head, ...Array<number>(missing).fill(0), ...tail];
}

function partsOf(half: string): number[] | null {
  if (half === "") return [];
  const groups: number[] = [];
  for (const part of half.split(":")) {
    const quad = IPV4.exec(part);
    if (quad) {
      const [a = 0, b = 0, c = 0, d = 0] = quad.slice(1).map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
