/** What counts as one place on the network. */

/**
 * The address itself, or the /64 of an IPv6 address, all of which is one connection's to use. An
 * IPv4 address written as IPv6 is the IPv4 address.
 */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped?.[1]) return mapped[1];
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const known = groups(head);
  const end = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: Math.max(0, 8 - known.length - end.length) }, () => "0");
  return [...known, ...zeros, ...end]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
