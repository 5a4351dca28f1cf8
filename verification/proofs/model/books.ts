/**
 * A second, deliberately simple implementation of prisma/sql/*.sql with maps. Amounts are minutes;
 * answers are "ok" or the SQLSTATE of the error.
 */

export type ModelAccount = {
  kind: "member" | "fund";
  balance: number;
  held: number;
  version: number;
  /** Decided for this member; null where the community's rule applies. */
  floor: number | null;
  ceiling: number | null;
  vouched: boolean;
  /** Whether the voucher had received help from this member. */
  vouchedByHelp: boolean;
  /** Members for whom this one vouched after receiving help from them. */
  vouches: number;
  closed: boolean;
  /** Signed minutes with the balance after them, oldest first. */
  lines: { transfer: string; minutes: number; balance: number }[];
};

export type Leg = {
  id: string;
  kind: string;
  debit: string;
  credit: string;
  minutes: number;
  exchange: string | null;
  /** The event that permits the transfer; "silence" for a report that was not answered in time. */
  word?: "spoken" | "silence" | undefined;
};

/** The community's rules; floors in minutes. */
type ModelRules = { floor: number; newcomerFloor: number; welcome: number };

type ModelTransfer = Leg & { reverses: string | null };
type ModelHold = { account: string; minutes: number; status: "open" | "settled" | "released" };

const LOST: ModelAccount = {
  kind: "member",
  balance: 0,
  held: 0,
  version: 0,
  floor: null,
  ceiling: null,
  vouched: false,
  vouchedByHelp: false,
  vouches: 0,
  closed: false,
  lines: [],
};

export class Books {
  accounts = new Map<string, ModelAccount>();
  transfers = new Map<string, ModelTransfer>();
  /** By exchange id. */
  holds = new Map<string, ModelHold>();
  /** The exchanges that transfers and holds may refer to. */
  sides = new Map<string, { giver: string; receiver: string }>();

  constructor(
    readonly community: string,
    readonly rules: ModelRules,
    /** Whether a member is a coordinator; undefined for a stranger. */
    readonly isCoordinator: (id: string) => boolean | undefined,
  ) {}

  open(id: string, kind: ModelAccount["kind"]) {
    if ((kind === "fund") !== (id === this.community)) return "23514";
    if (this.accounts.has(id)) return "ok";
    if (this.transfers.has(id) || this.sides.has(id)) return "EH004";
    this.accounts.set(id, { ...LOST, kind, lines: [] });
    return "ok";
  }

  limit(id: string, floor: number | null, ceiling: number | null, by: string): string {
    const account = this.accounts.get(id);
    if (account?.kind !== "member") return "EH005";
    if (by === id || !this.isCoordinator(by)) return "EH011";
    // The decision is stored before the account's limits are checked, and refers to the member.
    if (this.isCoordinator(id) === undefined) return "23503";
    if (areWrong(floor, ceiling)) return "23514";
    Object.assign(account, { floor, ceiling });
    return "ok";
  }

  vouch(id: string, by: string): string {
    const account = this.accounts.get(id);
    if (account?.kind !== "member") return "EH005";
    if (account.vouched) return "ok";
    if (by === id || !this.isCoordinator(by)) return "EH011";
    if (this.isCoordinator(id) === undefined) return "23503";
    if (account.closed) return "EH003";
    account.vouched = true;
    this.welcome(id);
    return "ok";
  }

  close(id: string): string {
    const account = this.accounts.get(id);
    if (!account) return "EH005";
    if (account.balance !== 0 || account.held !== 0) return "EH010";
    account.closed = true;
    return "ok";
  }

  post(leg: Leg): string {
    const { id, kind, debit, credit, minutes, exchange } = leg;
    if (minutes < 1 || minutes > 60_000 || debit === credit) return "EH006";
    if (kind === "reversal") return "EH009";
    const sides = exchange === null ? undefined : this.sides.get(exchange);
    if (exchange !== null && !sides) return "EH005";
    const known = this.transfers.get(id);
    if (known) return isSame(known, leg) ? "ok" : "EH004";
    if (kind !== "welcome" && this.accounts.has(id)) return "EH004";
    const [from, to] = [this.accounts.get(debit), this.accounts.get(credit)];
    if (!from || !to) return "EH005";
    const hold = exchange === null ? undefined : this.holds.get(exchange);
    if (sides) {
      if (sides.receiver !== debit || sides.giver !== credit) return "EH007";
      if (this.isSettled(exchange)) return "EH008";
      if (hold && hold.status !== "open") return "EH007";
      if (!leg.word) return "EH011";
    }
    if (kind === "welcome") {
      const isGift = debit === this.community && id === credit && to.vouched;
      if (!isGift || minutes > this.rules.welcome) return "EH011";
      if (to.closed) return "EH003";
    }
    const held = hold?.minutes ?? 0;
    if (minutes > held && kind !== "welcome") {
      if (from.closed || to.closed) return "EH003";
      if (minutes - held > this.free(from)) return "EH001";
      if (to.ceiling !== null && minutes > to.ceiling - to.balance) return "EH002";
    }
    if ((kind === "exchange") !== (exchange !== null)) return "23514";
    if (hold) {
      hold.status = "settled";
      from.held -= held;
    }
    this.move(from, to, { ...leg, reverses: null });
    const mayBeVouchedFor = to.kind === "member" && !to.vouched && !to.closed;
    if (leg.word === "spoken" && this.mayVouch(debit, from) && mayBeVouchedFor) {
      Object.assign(to, { vouched: true, vouchedByHelp: true });
      from.vouches += 1;
      this.welcome(credit);
    }
    return "ok";
  }

  /** Assumes that everything happens within the month in which a member may vouch for three. */
  private mayVouch(id: string, { vouched, vouchedByHelp, vouches }: ModelAccount): boolean {
    if (!vouched) return false;
    return this.isCoordinator(id) === true || (!vouchedByHelp && vouches < 3);
  }

  private welcome(id: string): void {
    const [fund, member] = [this.accounts.get(this.community), this.accounts.get(id)];
    if (!fund || !member) return;
    const { welcome: minutes } = this.rules;
    const gift = { kind: "welcome", debit: this.community, credit: id, exchange: null };
    this.move(fund, member, { ...gift, id, minutes, reverses: null });
  }

  /** Posts all of them or none. */
  postAll(legs: Leg[]): string {
    const before = structuredClone({ accounts: this.accounts, transfers: this.transfers });
    for (const leg of legs) {
      const answer = this.post(leg);
      if (answer === "ok") continue;
      Object.assign(this, before);
      return answer;
    }
    return "ok";
  }

  reverse(id: string, reverses: string): string {
    const old = this.transfers.get(reverses);
    if (!old) return "EH005";
    if (old.kind === "reversal") return "EH009";
    const known = this.transfers.get(id);
    if (known) return known.reverses === reverses ? "ok" : "EH004";
    if (this.accounts.has(id)) return "EH004";
    if ([...this.transfers.values()].some((each) => each.reverses === reverses)) return "EH009";
    if (old.exchange === null) return "EH011";
    const { debit, credit, minutes } = old;
    this.move(this.accounts.get(credit) ?? LOST, this.accounts.get(debit) ?? LOST, {
      id,
      kind: "reversal",
      debit: credit,
      credit: debit,
      minutes,
      exchange: null,
      reverses,
    });
    return "ok";
  }

  hold(exchange: string, account: string, minutes: number, credit: string): string {
    if (minutes < 1 || minutes > 60_000 || account === credit) return "EH006";
    const sides = this.sides.get(exchange);
    if (!sides) return "EH005";
    const known = this.holds.get(exchange);
    if (known) {
      if (known.account !== account || known.minutes !== minutes) return "EH004";
      return known.status === "open" ? "ok" : "EH007";
    }
    if (this.accounts.has(exchange)) return "EH004";
    if (sides.receiver !== account || sides.giver !== credit) return "EH007";
    if (this.isSettled(exchange)) return "EH008";
    const [from, to] = [this.accounts.get(account) ?? LOST, this.accounts.get(credit) ?? LOST];
    if (from.closed || to.closed) return "EH003";
    if (minutes > this.free(from)) return "EH001";
    if (to.ceiling !== null && minutes > to.ceiling - to.balance) return "EH002";
    this.holds.set(exchange, { account, minutes, status: "open" });
    from.held += minutes;
    return "ok";
  }

  release(exchange: string): string {
    const hold = this.holds.get(exchange);
    if (!hold) return "EH005";
    if (hold.status === "settled") return "EH007";
    if (hold.status === "released") return "ok";
    hold.status = "released";
    const account = this.accounts.get(hold.account);
    if (account) account.held -= hold.minutes;
    return "ok";
  }

  /** Whether the newcomers' floor applies to a member. */
  isNewcomer(id: string): boolean {
    const account = this.accounts.get(id);
    return account?.kind === "member" && !account.vouched && account.floor === null;
  }

  private free({ kind, balance, held, floor, vouched }: ModelAccount): number {
    if (kind === "fund") return Number.POSITIVE_INFINITY;
    const rule = vouched ? this.rules.floor : this.rules.newcomerFloor;
    return balance - held - (floor ?? rule);
  }

  private isSettled(exchange: string | null): boolean {
    return [...this.transfers.values()].some((each) => each.exchange === exchange);
  }

  private move(from: ModelAccount, to: ModelAccount, transfer: ModelTransfer): void {
    this.transfers.set(transfer.id, transfer);
    for (const [account, minutes] of [
      [from, -transfer.minutes],
      [to, transfer.minutes],
    ] as const) {
      account.balance += minutes;
      account.version += 1;
      account.lines.push({ transfer: transfer.id, minutes, balance: account.balance });
    }
  }
}

const areWrong = (floor: number | null, ceiling: number | null) =>
  (floor ?? 0) > 0 || (ceiling ?? 0) < 0;

const isSame = (known: ModelTransfer, leg: Leg): boolean =>
  (["kind", "debit", "credit", "minutes", "exchange"] as const).every(
    (part) => known[part] === leg[part],
  );
