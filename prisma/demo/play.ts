/** Turns scenes into calls of commands, each at its time. */

import type { Random } from "../../scripts/lib/random";
import {
  agreeExchange,
  cancelExchange,
  confirmExchange,
  counterExchange,
  declineExchange,
  disputeExchange,
  reportExchange,
  resolveWithHours,
  resolveWithoutHours,
  reverseExchange,
  withdrawExchange,
} from "../../server/exchange/commands";
import { processDueExchange } from "../../server/exchange/process-due";
import { proposeExchange } from "../../server/exchange/propose-exchange";
import { recordExchange } from "../../server/exchange/record-exchange";
import { writeNote } from "../../server/exchange/write-note";
import type { MemberContext } from "../../server/membership/context";
import { db } from "../../server/platform/db/client";
import type { Scene, Step } from "./scene";

export type Action = { at: Date; run: (now: Date) => Promise<unknown> };

export type Cast = {
  /** The member as the calling context of a command. */
  as: (key: string, now: Date) => MemberContext;
  listingId: (title: string) => string;
};

/** Runs the actions in order of time; the order of simultaneous ones is retained. */
export async function play(actions: Action[]): Promise<void> {
  const inOrder = [...actions].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, run } of inOrder) await run(at);
}

const answers = {
  agree: agreeExchange,
  confirm: confirmExchange,
  dispute: disputeExchange,
  resolveWithoutHours: resolveWithoutHours,
  decline: declineExchange,
  withdraw: withdrawExchange,
  cancel: cancelExchange,
  reverse: reverseExchange,
};

export function actionsOf(scene: Scene, cast: Cast, random: Random): Action[] {
  const id = random.id(scene.at);
  let version = 1;
  const { title, category, date, time, minutes, place, placeNote, note, mySide } = scene;

  const begin = (now: Date) => {
    const ctx = cast.as(scene.from, now);
    const otherId = cast.as(scene.other, now).me.id;
    if (scene.isRecord) {
      const happened = { title, category, date, minutes, note };
      return recordExchange(ctx, { id, otherId, mySide, ...happened, confirmedDuplicate: true });
    }
    const answered = scene.listing
      ? { listingId: cast.listingId(scene.listing) }
      : { otherId, mySide };
    const terms = { title, category, date, time, minutes, place, placeNote, note };
    return proposeExchange(ctx, { id, ...answered, ...terms, confirmedDuplicate: true });
  };

  const take = (step: Step) => {
    const noteId = random.id(step.at);
    return async (now: Date) => {
      const ctx = cast.as(step.by, now);
      if (step.do === "note")
        return writeNote(ctx, { id: noteId, exchangeId: id, text: step.text });
      if (step.do === "wait") {
        const { communityId } = ctx;
        await processDueExchange({ communityId, exchangeId: id }, now);
        const where = { communityId_id: { communityId, id } };
        version = (await db.exchange.findUniqueOrThrow({ where })).version;
        return;
      }
      const moved = await move(step, ctx);
      version = moved.version;
    };
  };

  function move(step: Exclude<Step, { do: "note" | "wait" }>, ctx: MemberContext) {
    const seen = { id, version };
    switch (step.do) {
      case "counter": {
        const { by: _by, at: _at, do: _do, ...terms } = step;
        return counterExchange(ctx, { ...seen, ...terms });
      }
      case "report":
        return reportExchange(ctx, { ...seen, minutes: step.minutes });
      case "resolveWithHours":
        return resolveWithHours(ctx, { ...seen, minutes: step.minutes, reason: step.reason });
      default: {
        const reason = "reason" in step ? (step.reason ?? "") : "";
        return answers[step.do](ctx, { ...seen, reason });
      }
    }
  }

  return [
    { at: scene.at, run: begin },
    ...scene.then.map((step) => ({ at: step.at, run: take(step) })),
  ];
}
