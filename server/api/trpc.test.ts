import { expect, it } from "vitest";
import { readKindOf } from "./http/server";
import { appRouter } from "./root";
import type { Meta } from "./trpc";

type Procedure = { _def: { type: "query" | "mutation"; meta?: Meta } };

const procedures = Object.entries(appRouter._def.procedures) as unknown as [string, Procedure][];
const pathsWith = (matches: (def: Procedure["_def"]) => unknown) =>
  procedures.filter(([, { _def }]) => matches(_def)).map(([path]) => path);

it("audits every procedure that changes how a user signs in, who has access, or who runs a community", () => {
  expect(pathsWith(({ meta }) => meta?.audit).sort()).toEqual([
    "community.create",
    "community.invite",
    "community.join",
    "community.update",
    "community.withdrawInvitation",
    "member.vouch",
    "person.changeEmail",
    "person.changePassword",
    "person.confirmEmail",
    "person.endOtherSessions",
    "person.endSession",
    "person.renewCalendar",
    "person.signUp",
    "person.stopCalendar",
    "privacy.update",
    "push.subscribe",
    "push.unsubscribe",
    "setup.claim",
  ]);
});

it("limits every mutation by user, and by network address where no sign-in is needed", () => {
  const limited = pathsWith(({ type, meta }) => type === "mutation" && meta?.writeRate);
  expect(limited).toEqual(pathsWith(({ type }) => type === "mutation"));
  expect(pathsWith(({ type, meta }) => type === "mutation" && meta?.writeRate !== "write")).toEqual(
    ["setup.claim", "person.signUp", "person.requestLink"],
  );
});

it("counts as searches the queries that are marked so, and all others as pages", () => {
  for (const [path, { _def }] of procedures) {
    if (_def.type !== "query") continue;
    expect(readKindOf(`/api/trpc/${path}`, {}), path).toBe(_def.meta?.read ?? "page");
  }
});
