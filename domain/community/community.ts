/** A community's rules and their defaults, its slug, and what its accounts can promise. */
import { DomainError } from "../kernel/errors";

declare const communityBrand: unique symbol;
/** The id of a community that the caller may access; only server/api/trpc.ts makes one. */
export type CommunityId = string & { readonly [communityBrand]: true };

/** Amounts in minutes. */
export type CommunityRules = {
  granularity: number;
  floor: number;
  /** The floor of members for whom nobody has vouched yet. */
  newcomerFloor: number;
  softFloor: number;
  softCeiling: number;
  welcomeCredit: number;
  confirmationDays: number;
  balancesVisible: boolean;
};

/**
 * From existing time banks: a floor of −10 h as at NorCal and wadobo, 50 h as at Upper Hutt, and a
 * quarter of an hour as nearly everywhere.
 */
export const defaultRules: CommunityRules = {
  granularity: 15,
  floor: -600,
  newcomerFloor: -60,
  softFloor: -300,
  softCeiling: 3000,
  welcomeCredit: 0,
  confirmationDays: 7,
  balancesVisible: true,
};

/** Slugs that no community may have: the product has, or may have, pages at these paths. */
export const reservedSlugs: readonly string[] = [
  "api",
  "language",
  "setup",
  "sign-in",
  "sign-up",
  "sign-out",
  "settings",
  "mailbox",
  "unsubscribe",
  "offline",
  "start",
  "join",
  "communities",
  "link",
  "health",
  "assets",
  "static",
  "icons",
  "worker",
  "about",
  "help",
  "admin",
  "privacy",
  "imprint",
];

/** A slug from a community's name: Latin letters, digits and hyphens. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  if (plain.length < 2) return "community";
  return reservedSlugs.includes(plain) ? `${plain}-community` : plain;
}

/** @throws DomainError floorAboveZero, newcomerFloorOutOfRange if the limits contradict each other */
export function requireRules(rules: CommunityRules): void {
  if (rules.floor > 0) throw new DomainError("floorAboveZero", {}, "floor");
  if (rules.softFloor > 0 || rules.softFloor < rules.floor) {
    throw new DomainError("floorAboveZero", {}, "softFloor");
  }
  if (rules.newcomerFloor > 0 || rules.newcomerFloor < rules.floor) {
    throw new DomainError("newcomerFloorOutOfRange", {}, "newcomerFloor");
  }
}

/**
 * The lowest balance in minutes that an account may reach by a promise; null for the fund, which has
 * no floor. The same rule as `floor_of` in prisma/sql/.
 */
export const floorOf = (
  account: { kind: "member" | "fund"; floor: number | null; vouchedAt: Date | null },
  rules: Pick<CommunityRules, "floor" | "newcomerFloor">,
): number | null =>
  account.kind === "fund"
    ? null
    : (account.floor ?? (account.vouchedAt ? rules.floor : rules.newcomerFloor));

/** The minutes that a member can still promise, at least zero; null without a floor. */
export const canPromise = (account: { balance: number; held: number; floor: number | null }) =>
  account.floor === null ? null : Math.max(0, account.balance - account.held - account.floor);
