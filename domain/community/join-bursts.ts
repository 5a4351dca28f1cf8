/** Many who join at once: nothing wrong by itself, and worth a coordinator's look. */

import type { Named } from "../member/member";

/** How somebody came in. */
export type Join = Named & {
  memberId: string;
  invitationId: string | null;
  addressHash: string;
  joinedAt: Date;
};

/** Those who came in together: by one invitation (null for none), from one address or several. */
export type Burst = {
  invitationId: string | null;
  isOneAddress: boolean;
  from: Date;
  to: Date;
  members: (Named & { id: string })[];
};

/** Milliseconds within which joins count as one. */
const WINDOW = 10 * 60_000;
/** Joins from one address, and by one invitation from several. */
const FROM_ONE_ADDRESS = 5;
const BY_ONE_INVITATION = 15;

/** The bursts among joins, the latest first; each join counts in one of them. */
export function burstsOf(joins: readonly Join[]): Burst[] {
  const sorted = [...joins].sort((one, other) => one.joinedAt.getTime() - other.joinedAt.getTime());
  const counted = new Set<string>();
  const found = (key: (join: Join) => string | null, least: number) => {
    const bursts: Join[][] = [];
    const left = sorted.filter((join) => !counted.has(join.memberId));
    for (const [name, group] of grouped(left, key)) {
      if (name === null) continue;
      bursts.push(...chains(group).filter((chain) => chain.length >= least));
    }
    for (const burst of bursts) for (const { memberId } of burst) counted.add(memberId);
    return bursts;
  };
  const together = [
    ...found((join) => `${join.invitationId} ${join.addressHash}`, FROM_ONE_ADDRESS),
    ...found((join) => join.addressHash, FROM_ONE_ADDRESS),
    ...found((join) => join.invitationId, BY_ONE_INVITATION),
  ];
  return together.map(burstFrom).sort((one, other) => other.to.getTime() - one.to.getTime());
}

function grouped(joins: Join[], key: (join: Join) => string | null): Map<string | null, Join[]> {
  const groups = new Map<string | null, Join[]>();
  for (const join of joins) {
    const known = groups.get(key(join));
    if (known) known.push(join);
    else groups.set(key(join), [join]);
  }
  return groups;
}

/** Joins of which each follows the one before within the window. */
function chains(joins: readonly Join[]): Join[][] {
  const all: Join[][] = [];
  for (const join of joins) {
    const last = all.at(-1);
    const before = last?.at(-1);
    if (last && before && join.joinedAt.getTime() - before.joinedAt.getTime() <= WINDOW) {
      last.push(join);
    } else all.push([join]);
  }
  return all;
}

function burstFrom(joins: Join[]): Burst {
  const invitations = new Set(joins.map(({ invitationId }) => invitationId));
  const times = joins.map(({ joinedAt }) => joinedAt.getTime());
  return {
    invitationId: invitations.size === 1 ? (joins[0]?.invitationId ?? null) : null,
    isOneAddress: new Set(joins.map(({ addressHash }) => addressHash)).size === 1,
    from: new Date(Math.min(...times)),
    to: new Date(Math.max(...times)),
    members: joins.map(({ memberId, displayName, role }) => ({ id: memberId, displayName, role })),
  };
}
