/** Plays a sequence of steps on the database and on the model, and compares every answer. */
import { randomUUID } from "node:crypto";
import { check } from "../proof";
import { Books, type Leg } from "./books";
import { compare } from "./compare";
import { Exchanges, isSide, possible } from "./exchanges";
import { CEILING, FLOOR, makeScene, NEWCOMER_FLOOR, type Scene, WELCOME } from "./scene";
import type { Step } from "./steps";

/** Number of steps by answer. */
export type Tally = Map<string, number>;

const ACTIONS = [
  "counter",
  "agree",
  "decline",
  "withdraw",
  "cancel",
  "report",
  "confirm",
  "dispute",

  "resolveWithHours",
  "resolveWithoutHours",
  "reverse",
  "requestReschedule",
  "acceptReschedule",
  "cancelReschedule",
  "reportDelay",
  "markNotHappened",
];

const pick = <Item>(from: readonly Item[], choice: number): Item => {
  const item = from[choice % from.length];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
};

export async function playSequence(steps: (Step | null)[], tally: Tally): Promise<void> {
  const scene = await makeScene();
  const rules = { floor: FLOOR, newcomerFloor: NEWCOMER_FLOOR, welcome: WELCOME };
  const coordinators = new Map(scene.people.map(({ id, isCoordinator }) => [id, isCoordinator]));
  const books = new Books(scene.community, rules, (id) => coordinators.get(id));
  books.open(scene.community, "fund");
  for (const id of scene.members) books.open(id, "member");
  books.limit(scene.members[4] ?? "", null, CEILING, scene.members[0] ?? "");
  const exchanges = new Exchanges(books, scene.now);
  const player = new Player(scene, books, exchanges);
  for (const [index, step] of steps.entries()) {
    if (!step) continue;
    const [what, actual, expected] = await player.play(step);
    tally.set(`${what}: ${actual}`, (tally.get(`${what}: ${actual}`) ?? 0) + 1);
    check(
      actual === expected,
      `step ${index + 1}, ${what}: the product answers ${actual}, the model ${expected}`,
    );
  }
  await compare(scene.community, books, exchanges);
}

type Played = [what: string, actual: string, expected: string];

class Player {
  /** Exchanges created in the database only, and transfers without an exchange. */
  private bookExchanges: string[] = [];
  private bookTransfers: Leg[] = [];
  private memberExchanges: string[] = [];
  private accounts: string[];
  /** The accounts between which exchanges are created in the database only: the members' and the fund's. */
  private sides: readonly string[];

  constructor(
    private scene: Scene,
    private books: Books,
    private exchanges: Exchanges,
  ) {
    this.accounts = [...scene.members, scene.community];
    this.sides = [...scene.members, scene.community];
  }

  async play(step: Step): Promise<Played> {
    const { op, a, b, c, minutes, aim } = step;
    const { scene, books } = this;
    switch (op) {
      case "post": {
        // One in four repeats an earlier transfer, half of those with different content.
        const sent = aim < 8 ? await this.leg(a, b, c, minutes) : await this.again(a, b, minutes);
        return ["post", await scene.post(sent), books.post(sent)];
      }
      case "postAll": {
        const legs = [
          await this.leg(a, b, 0, minutes),
          await this.leg(b, c, 0, 15),
          await this.leg(c, a, 0, 30),
        ];
        const expected = books.postAll(legs);
        if (expected === "ok") this.bookTransfers.push(...legs);
        return ["postAll", await scene.postAll(legs), expected];
      }
      case "reverse": {
        const of = this.bookTransfers.length > 0 ? pick(this.bookTransfers, a).id : randomUUID();
        const used = aim === 8 ? this.bookTransfers[0]?.id : pick(this.accounts, b);
        const id = aim < 8 ? randomUUID() : (used ?? randomUUID());
        const expected = books.reverse(id, of);
        return ["undo", await scene.reverse(id, of), expected];
      }
      case "hold":
        return this.hold(step);
      case "release": {
        const exchange = this.bookExchange(a);
        return ["release", await scene.release(exchange), books.release(exchange)];
      }
      case "settle":
        return this.settle(step);
      case "limit": {
        const id = aim < 9 ? pick(this.accounts, a) : randomUUID();
        const floor = b % 4 === 0 ? null : (b % 9) * -60 + (aim === 8 ? 120 : 0);
        const ceiling = c % 3 === 0 ? null : (c % 8) * 60;
        const by = this.decider(b, c);
        const expected = books.limit(id, floor, ceiling, by);
        return ["limit", await scene.limit(id, floor, ceiling, by), expected];
      }
      case "vouch": {
        const id = aim < 9 ? pick(this.accounts, a) : randomUUID();
        const by = this.decider(b, c);
        const expected = books.vouch(id, by);
        return ["vouch", await scene.vouch(id, by), expected];
      }
      case "close": {
        const id = aim < 9 ? pick(this.accounts, a) : randomUUID();
        return ["close", await scene.close(id), books.close(id)];
      }
      case "open": {
        const used =
          aim === 9
            ? [...this.bookTransfers.map(({ id }) => id), ...books.sides.keys()]
            : this.accounts;
        const id = pick([...used, randomUUID()], a);
        const kind = b % 4 === 0 ? "fund" : "member";
        const expected = books.open(id, kind);
        if (expected === "ok" && !this.accounts.includes(id)) this.accounts.push(id);
        return ["open", await scene.open(id, kind), expected];
      }
      case "propose":
      case "record":
        return this.begin(step, op);
      case "time": {
        const id = this.memberExchange(a);
        return ["time", await scene.wait(id), this.exchanges.processDueExchange(id)];
      }
      case "act":
        return this.act(step);
    }
  }

  /** Usually one of the two coordinators, sometimes any member. */
  private decider = (b: number, c: number) =>
    pick(c % 8 === 7 ? this.scene.members : this.scene.members.slice(0, 2), b);

  /** Usually the transfer of a new exchange, settled by its receiver. */
  private async leg(a: number, b: number, c: number, minutes: number): Promise<Leg> {
    const { members, community } = this.scene;
    // A few have the id of an account.
    const id: string = c % 50 === 49 ? pick(this.accounts, a + b) : randomUUID();
    let leg: Leg;
    if (c % 30 >= 27) {
      const credit = pick(members, b);
      const gift = { id: credit, kind: "welcome", debit: community, credit, exchange: null };
      leg = { ...gift, minutes };
    } else if (c % 30 >= 24) {
      const kind = ["reversal", "exchange", "welcome"][c % 3] ?? "welcome";
      const credit = c % 20 === 19 ? randomUUID() : pick(this.accounts, b);
      leg = { id, kind, debit: pick(this.accounts, a), credit, minutes, exchange: null };
    } else {
      const [giver, receiver] = [pick(this.sides, b), pick(this.sides, a)];
      leg = { id, kind: "exchange", debit: receiver, credit: giver, minutes, exchange: id };
      leg.word = c % 30 === 23 ? undefined : "spoken";
      if (giver !== receiver && !this.books.sides.has(id)) {
        await this.scene.makeExchange(giver, receiver, id);
        this.books.sides.set(id, { giver, receiver });
        if (this.accounts.includes(id)) this.bookExchanges.push(id);
      }
    }
    if (c !== 0) this.bookTransfers.push(leg);
    return leg;
  }

  /** An earlier transfer, unchanged or changed. */
  private async again(a: number, b: number, minutes: number): Promise<Leg> {
    if (this.bookTransfers.length === 0) return this.leg(a, b, 1, minutes);
    const leg = pick(this.bookTransfers, a);
    return b % 2 === 0 ? leg : { ...leg, minutes };
  }

  private bookExchange = (choice: number) =>
    this.bookExchanges.length > 0 ? pick(this.bookExchanges, choice) : randomUUID();

  private memberExchange = (choice: number) =>
    this.memberExchanges.length > 0 ? pick(this.memberExchanges, choice) : randomUUID();

  private async hold({ a, b, c, minutes, aim }: Step): Promise<Played> {
    const { scene, books } = this;
    let id = this.bookExchange(a);
    if (aim < 6) {
      const giver = pick(this.sides, b);
      const receiver = pick(this.sides, b + 1 + (c % 5));
      id = await scene.makeExchange(giver, receiver);
      books.sides.set(id, { giver, receiver });
      this.bookExchanges.push(id);
    }
    const sides = books.sides.get(id) ?? { giver: randomUUID(), receiver: randomUUID() };
    const account = aim === 9 ? pick(scene.members, c) : sides.receiver;
    const expected = books.hold(id, account, minutes, sides.giver);
    return ["hold", await scene.hold(id, account, minutes, sides.giver), expected];
  }

  private async settle({ a, b, minutes, aim }: Step): Promise<Played> {
    const exchange = this.bookExchange(a);
    const sides = this.books.sides.get(exchange) ?? { giver: randomUUID(), receiver: randomUUID() };
    const leg: Leg = {
      // One in ten has its own id, one in ten is between other members.
      id: aim === 9 ? randomUUID() : exchange,
      kind: "exchange",
      debit: sides.receiver,
      credit: aim === 8 ? pick(this.scene.members, b) : sides.giver,
      minutes: b % 3 === 0 ? (this.books.holds.get(exchange)?.minutes ?? minutes) : minutes,
      exchange,
      word: "spoken",
    };
    const expected = this.books.post(leg);
    return ["settle", await this.scene.post(leg), expected];
  }

  private async begin({ a, b, c, minutes, aim }: Step, op: "propose" | "record"): Promise<Played> {
    const me = pick(this.scene.members, a);
    const other = aim < 9 ? pick(this.scene.members, a + 1 + (b % 4)) : me;
    const mySide = c % 2 === 0 ? "giver" : "receiver";
    const taken = c % 4 === 3 ? pick(this.accounts, b) : this.memberExchange(b);
    const id = aim === 8 ? taken : randomUUID();
    const starts = this.scene.startOf(b);
    const expected = this.exchanges[op](id, me, other, mySide, minutes, starts);
    if (expected === "ok" && !this.memberExchanges.includes(id)) this.memberExchanges.push(id);
    return [op, await this.scene[op](id, me, other, mySide, minutes, b), expected];
  }

  private async act({ a, b, c, minutes, aim }: Step): Promise<Played> {
    const id = this.memberExchange(a);
    const exchange = this.exchanges.all.get(id);
    let action = pick(ACTIONS, b);
    let me = pick(this.scene.people, c);
    if (exchange && aim < 8) {
      const moves = possible(exchange);
      if (moves.length > 0) {
        const [aimed, part] = pick(moves, b);
        action = aimed;
        const able = this.scene.people.filter(({ id: person, isCoordinator }) => {
          if (part === "coordinator") return isCoordinator && !isSide(exchange, person);
          if (!isSide(exchange, person)) return false;
          return part === "side" || (exchange.lastBy === person) === (part === "author");
        });
        if (able.length > 0) me = pick(able, c);
      }
    }
    const version = (exchange?.version ?? 1) - (aim === 7 ? 1 : 0);
    const at = { starts: this.scene.startOf(a), now: this.scene.now() };
    const expected = this.exchanges.act(id, action, me, version, minutes, at);
    return [action, await this.scene.act(id, action, me.id, version, minutes, a), expected];
  }
}
