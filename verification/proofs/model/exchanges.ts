/**
 * A second implementation of an exchange's life: who may do what and when, and what it does to the
 * books. Answers are "ok" or the code of the DomainError.
 */
import type { Books, Leg } from "./books";

export type ModelExchange = {
  id: string;
  giver: string;
  receiver: string;
  status: string;
  version: number;
  minutes: number;
  reported: number | null;
  lastBy: string;
  agreed: boolean;
  reminded: boolean;
  reversed: boolean;
  /** Milliseconds since 1970. */
  starts: number;
  rescheduleTo: number | null;
  begunBy: string;
  /** Milliseconds since 1970. */
  begunAt: number;
};

export type Person = { id: string; isCoordinator: boolean };
type Part = "author" | "answerer" | "side" | "coordinator";

/** Who may do what in which status. */
const rules: Record<string, Record<string, Part>> = {
  proposed: { counter: "side", agree: "answerer", decline: "answerer", withdraw: "author" },
  agreed: {
    cancel: "side",
    report: "side",
    requestReschedule: "side",
    acceptReschedule: "answerer",
    cancelReschedule: "side",
    reportDelay: "side",
    markNotHappened: "side",
  },
  reported: { report: "author", withdraw: "author", confirm: "answerer", dispute: "answerer" },
  disputed: {
    withdraw: "author",
    confirm: "answerer",
    resolveWithHours: "coordinator",
    resolveWithoutHours: "coordinator",
  },
  settled: { reverse: "coordinator" },
};

const STEP = 15;
const FREES = new Set(["withdraw", "cancel", "resolveWithoutHours", "markNotHappened"]);
/** These answer a proposal for another time. */
const NEED_REQUEST = new Set(["acceptReschedule", "cancelReschedule"]);
const ENDS: Record<string, string> = {
  decline: "declined",
  withdraw: "withdrawn",
  cancel: "cancelled",
  resolveWithoutHours: "cancelled",
  dispute: "disputed",
  markNotHappened: "cancelled",
};
/** The DomainError for each SQLSTATE of the books. */
const domainErrors: Record<string, string> = {
  EH001: "floorReached",
  EH002: "ceilingReached",
  EH003: "accountClosed",
};

export const isSide = ({ giver, receiver }: ModelExchange, id: string) =>
  giver === id || receiver === id;

/** The actions that are possible now, and the side that may take them. */
export const possible = (exchange: ModelExchange): [action: string, part: Part][] =>
  Object.entries(rules[exchange.status] ?? {}).filter(
    ([action]) =>
      (action !== "reverse" || !exchange.reversed) &&
      (exchange.rescheduleTo !== null || !NEED_REQUEST.has(action)),
  );

const wrongMinutes = (minutes: number): string | null => {
  if (minutes < 1 || minutes > 60_000) return "minutesOutOfRange";
  return minutes % STEP === 0 ? null : "minutesNotAStep";
};

export class Exchanges {
  all = new Map<string, ModelExchange>();
  private authors = new Map<string, { by: string; content: string }>();

  constructor(
    private books: Books,
    private now: () => number,
  ) {}

  propose(
    ...[id, me, other, mySide, minutes, starts]: [string, string, string, string, number, number]
  ): string {
    return this.begin(id, me, other, mySide, minutes, "proposed", starts);
  }

  record(
    ...[id, me, other, mySide, minutes, starts]: [string, string, string, string, number, number]
  ): string {
    return this.begin(id, me, other, mySide, minutes, "reported", starts);
  }

  /** Whether the giver has another agreed exchange at that time. */
  private isBusy({ id, giver }: ModelExchange, starts: number, minutes: number): boolean {
    return [...this.all.values()].some(
      (each) =>
        each.id !== id &&
        each.giver === giver &&
        each.status === "agreed" &&
        each.starts < starts + minutes * 60_000 &&
        starts < each.starts + each.minutes * 60_000,
    );
  }

  /** Limits unanswered and unsuccessful proposals between two who have not yet settled an exchange by both their confirmations. */
  private proposalLimit(me: string, other: string): string | null {
    const all = [...this.all.values()];
    const open = all.filter(
      ({ lastBy, status, agreed }) =>
        lastBy === me && !agreed && (status === "proposed" || status === "reported"),
    );
    const ofThem = open.filter((each) => isSide(each, other)).length;
    const inVain = all.filter(
      (each) =>
        isSide(each, me) &&
        isSide(each, other) &&
        !each.agreed &&
        ["declined", "withdrawn", "cancelled", "expired"].includes(each.status) &&
        each.begunBy === me &&
        each.begunAt > this.now() - 7 * 86_400_000,
    ).length;
    const areNeighbours = all.some(
      (each) =>
        isSide(each, me) &&
        isSide(each, other) &&
        each.status === "settled" &&
        !each.reversed &&
        (each.agreed || each.lastBy === each.giver),
    );
    if (inVain >= (areNeighbours ? 24 : 6)) return "tooManyInVain";
    if (ofThem >= (areNeighbours ? 24 : 3)) return "tooManyAsked";
    return open.length >= 60 ? "tooManyAskedAtOnce" : null;
  }

  private begin(
    id: string,
    me: string,
    other: string,
    mySide: string,
    minutes: number,
    status: string,
    starts: number,
  ): string {
    const day = Math.floor(starts / 86_400_000);
    const content = [status, other, mySide, minutes, status === "reported" ? day : starts].join(
      " ",
    );
    const known = this.authors.get(id);
    if (known && known.by !== me) return "idTaken";
    if (known) return known.content === content ? "ok" : "sameIdOtherContent";
    const wrong = wrongMinutes(minutes);
    if (wrong) return wrong;
    if (this.books.accounts.has(id)) return "idTaken";
    if (other === me) return "sameGiverAndReceiver";
    const [giver, receiver] = mySide === "giver" ? [me, other] : [other, me];
    const isPast = status === "reported";
    const exchange: ModelExchange = {
      id,
      giver,
      receiver,
      status,
      version: 1,
      minutes,
      lastBy: me,
      reported: isPast ? minutes : null,
      agreed: false,
      reminded: false,
      reversed: false,
      starts,
      rescheduleTo: null,
      begunBy: me,
      begunAt: this.now(),
    };
    if (!isPast && giver === me && this.isBusy(exchange, starts, minutes)) return "giverBusy";
    const settlesAtOnce = isPast && me === receiver;
    const limit = settlesAtOnce ? null : this.proposalLimit(me, other);
    if (limit) return limit;
    this.books.sides.set(id, { giver, receiver });
    if (settlesAtOnce) {
      const answer = this.settle(exchange, minutes, me);
      if (answer !== "ok") {
        this.books.sides.delete(id);
        return answer;
      }
    }
    this.all.set(id, exchange);
    this.authors.set(id, { by: me, content });
    return "ok";
  }

  /** @param at the proposed start and the present time, in milliseconds since 1970 */
  act(
    id: string,
    action: string,
    me: Person,
    version: number,
    minutes: number,
    at: { starts: number; now: number },
  ): string {
    if (["counter", "report", "resolveWithHours"].includes(action)) {
      const wrong = wrongMinutes(minutes);
      if (wrong) return wrong;
    }
    const exchange = this.all.get(id);
    if (!exchange) return "notFound";
    if (action === "reverse") return this.reverse(exchange, me, version);
    const mine = isSide(exchange, me.id);
    if (!mine && !me.isCoordinator) return "notFound";
    const asks = NEED_REQUEST.has(action) && exchange.rescheduleTo === null;
    const part = asks ? undefined : rules[exchange.status]?.[action];
    if (!part)
      return rules[exchange.status] && !this.isOver(exchange) ? "notPossibleNow" : "exchangeOver";
    if (!this.plays(exchange, me, part)) return mine ? "notYourTurn" : "notAllowed";
    if (action === "markNotHappened" && exchange.starts > at.now) return "notYetOver";
    if (version !== exchange.version) return "exchangeChanged";
    const answer = this.carryOut(exchange, action, me.id, minutes, at.starts);
    if (answer === "ok") {
      exchange.version += 1;
      if (exchange.status !== "agreed") exchange.rescheduleTo = null;
    }
    return answer;
  }

  /** Acts as if long after the exchange's due time. */
  processDueExchange(id: string): string {
    const exchange = this.all.get(id);
    if (!exchange) return "notFound";
    const { status, agreed } = exchange;
    if (status !== "proposed" && status !== "agreed" && status !== "reported") return "ok";
    if (status !== "proposed" && !exchange.reminded) {
      exchange.reminded = true;
      return "ok";
    }
    exchange.version += 1;
    exchange.rescheduleTo = null;
    if (status === "reported" && agreed) {
      const minutes = Math.min(exchange.reported ?? 0, exchange.minutes);
      return this.settle(exchange, minutes, null, "silence");
    }
    exchange.status = status === "reported" ? "disputed" : "expired";
    return status === "agreed" ? this.books.release(id) : "ok";
  }

  private carryOut(
    exchange: ModelExchange,
    action: string,
    me: string,
    minutes: number,
    starts: number,
  ): string {
    const { id, receiver, giver } = exchange;
    // Only the giver learns why a time is not available.
    const gone = giver === me ? "giverBusy" : "timeNotOpen";
    if (action === "counter") {
      if (giver === me && this.isBusy(exchange, starts, minutes)) return "giverBusy";
      Object.assign(exchange, { minutes, starts, lastBy: me, reminded: false });
      return "ok";
    }
    if (action === "reportDelay") return "ok";
    if (action === "requestReschedule") {
      if (giver === me && this.isBusy(exchange, starts, exchange.minutes)) return "giverBusy";
      Object.assign(exchange, { rescheduleTo: starts, lastBy: me });
      return "ok";
    }
    if (action === "cancelReschedule") {
      exchange.rescheduleTo = null;
      return "ok";
    }
    if (action === "acceptReschedule") {
      const to = exchange.rescheduleTo ?? exchange.starts;
      if (this.isBusy(exchange, to, exchange.minutes)) return gone;
      Object.assign(exchange, { starts: to, rescheduleTo: null, reminded: false });
      return "ok";
    }
    if (action === "agree") {
      if (this.isBusy(exchange, exchange.starts, exchange.minutes)) return gone;
      const answer = this.books.hold(id, receiver, exchange.minutes, giver);
      if (answer !== "ok") return this.translate(answer, { giver, receiver, by: me });
      Object.assign(exchange, { status: "agreed", agreed: true, reminded: false });
      return "ok";
    }
    if (action === "confirm") {
      return this.settle(exchange, exchange.reported ?? exchange.minutes, me);
    }
    if (action === "resolveWithHours") return this.settle(exchange, minutes, me);
    if (action === "report") {
      const isLast = me === receiver && (!exchange.agreed || minutes >= exchange.minutes);
      if (isLast) {
        const answer = this.settle(exchange, minutes, me);
        if (answer !== "ok") return answer;
      } else exchange.status = "reported";
      Object.assign(exchange, { reported: minutes, lastBy: me, reminded: false });
      return "ok";
    }
    if (FREES.has(action) && exchange.agreed) this.books.release(id);
    exchange.status = ENDS[action] ?? exchange.status;
    return "ok";
  }

  private settle(
    exchange: ModelExchange,
    minutes: number,
    by: string | null,
    word: Leg["word"] = "spoken",
  ): string {
    const { id, giver, receiver, agreed } = exchange;
    const answer = this.books.post({
      id,
      kind: "exchange",
      debit: receiver,
      credit: giver,
      minutes,
      exchange: id,
      word,
    });
    if (answer === "EH001" && agreed) {
      return by === receiver ? "overrunRefused" : "overrunOfReceiver";
    }
    if (answer !== "ok") return this.translate(answer, { giver, receiver, by });
    Object.assign(exchange, { status: "settled", reported: minutes });
    return "ok";
  }

  /** Translates an SQLSTATE; the newcomers' floor, and limits of another member, have errors of their own. */
  private translate(
    answer: string,
    { giver, receiver, by }: { giver: string; receiver: string; by: string | null },
  ): string {
    if (answer === "EH002" && by !== giver) return "ceilingOfGiver";
    if (answer === "EH001") {
      const isNewcomer = this.books.isNewcomer(receiver);
      if (by !== receiver) return isNewcomer ? "newcomerFloorOfReceiver" : "floorOfReceiver";
      if (isNewcomer) return "newcomerFloorReached";
    }
    return domainErrors[answer] ?? answer;
  }

  private reverse(exchange: ModelExchange, me: Person, version: number): string {
    if (!isSide(exchange, me.id) && !me.isCoordinator) return "notFound";
    if (isSide(exchange, me.id)) return "notAllowed";
    if (exchange.status !== "settled") return "notPossibleNow";
    if (exchange.reversed) return "alreadyReversed";
    if (version !== exchange.version) return "exchangeChanged";
    this.books.reverse(`reversal of ${exchange.id}`, exchange.id);
    exchange.reversed = true;
    exchange.version += 1;
    return "ok";
  }

  private isOver = ({ status }: ModelExchange) =>
    !["proposed", "agreed", "reported", "disputed"].includes(status);

  private plays(exchange: ModelExchange, me: Person, part: Part): boolean {
    if (part === "coordinator") return !isSide(exchange, me.id) && me.isCoordinator;
    if (!isSide(exchange, me.id)) return false;
    if (part === "side") return true;
    return (exchange.lastBy === me.id) === (part === "author");
  }
}
