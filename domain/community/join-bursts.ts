/** Bursts of joins: allowed, and shown to coordinators for review. */

import type { Named } from "../member/member";

export type Join = Named & {
  memberId: string;
  invitationId: string | null;
  addressHash: string;
  joinedAt: Date;
};

/** Members who joined at about the same time; `invitationId` is null unless all used the same one. */
export type Burst = {
  invitationId: string | null;
  isOneAddress: boolean;
  from: Date;
  to: Date;
  members: (Named & { id: string })[];
};

/** A join within this time after the one before belongs to the same burst. */
const GAP_MS = 10 * 60_000;
/** The fewest joins that make a burst: from one address, or by one invitation from any address. */
const MIN_FROM_ONE_ADDRESS = 5;
const MIN_BY_ONE_INVITATION = 15;

/** The bursts among joins, the latest first. Each join belongs to at most one. */
export function burstsOf(joins: readonly Join[]): Burst[] {
  const sorted = [...joins].sort((one, other) => one.joinedAt.getTime() - other.joinedAt.getTime());
  const counted = new Set<string>();
  const findBursts = (key: (join: Join) => string | null, minimum: number) => {
    const bursts: Join[][] = [];
    const remaining = sorted.filter((join) => !counted.has(join.memberId));
    for (const [name, group] of grouped(remaining, key)) {
      if (name === null) continue;
      bursts.push(...chains(group).filter((chain) => chain.length >= minimum));
    }
    for (const burst of bursts) for (const { memberId } of burst) counted.add(memberId);
    return bursts;
  };
  const bursts = [
    ...findBursts((join) => `${join.invitationId} ${join.addressHash}`, MIN_FROM_ONE_ADDRESS),
    ...findBursts((join) => join.addressHash, MIN_FROM_ONE_ADDRESS),
    ...findBursts((join) => join.invitationId, MIN_BY_ONE_INVITATION),
  ];
  return bursts.map(burstFrom).sort((one, other) => other.to.getTime() - one.to.getTime());
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

/** Splits sorted joins wherever the gap between two is longer than GAP_MS. */
function chains(joins: readonly Join[]): Join[][] {
  const all: Join[][] = [];
  for (const join of joins) {
    const last = all.at(-1);
    const before = last?.at(-1);
    if (last && before && join.joinedAt.getTime() - before.joinedAt.getTime() <= GAP_MS) {
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
