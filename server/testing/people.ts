/** Users and communities for tests, made by the product's use cases. */
import { v7 } from "uuid";
import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { appRouter } from "../api/root";
import { createCallerFactory } from "../api/trpc";
import { createCommunity } from "../community/create-community";
import { startSession } from "../identity/session";
import { admitMember } from "../membership/admit-member";
import { db, transaction } from "../platform/db/client";

const createCaller = createCallerFactory(appRouter);

/** The procedures called as a user, or not signed in for null, at a chosen time. */
export function procedures(
  userId: string | null,
  now = new Date(),
  locale: InterfaceLanguage = "en",
  sessionId = v7(),
) {
  const actor = userId
    ? { userId, sessionId, name: "Test", email: `${userId}@example.org`, language: null }
    : null;
  return createCaller({ actor, locale, address: `test-${v7()}`, now });
}

/** Opens a session of a user. @returns its id */
export async function openSession(userId: string, userAgent: string, now: Date): Promise<string> {
  const { credentialVersion } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  return startSession({ userId, credentialVersion }, userAgent, now);
}

/** The procedures of a user with an active session, which changes of credentials require. */
export async function signedInProcedures(userId: string, now = new Date()) {
  return procedures(userId, now, "en", await openSession(userId, "Test", now));
}

export async function makeUser(name: string): Promise<string> {
  const id = v7();
  await db.user.create({
    data: { id, email: `${id}@example.org`, name, createdAt: new Date() },
  });
  return id;
}

/** A community with a coordinator and a member for each name. */
export async function makeCommunity<Name extends string>(
  names: readonly Name[],
  rules: { welcomeCredit?: number; confirmationDays?: number } = {},
) {
  const founder = await makeUser("Carla");
  const now = new Date();
  const { community, coordinator } = await transaction((tx) =>
    createCommunity(
      tx,
      { name: `Test ${v7()}`, language: "en", timeZone: "Europe/Madrid" },
      { userId: founder, displayName: "Carla" },
      now,
    ),
  );
  const ruled = await db.community.update({ where: { id: community.id }, data: rules });
  const members = {} as Record<Name, { id: string; userId: string }>;
  for (const name of names) {
    const userId = await makeUser(name);
    const member = await transaction((tx) =>
      admitMember(tx, ruled, { userId, displayName: name, role: "member" }, now, {
        kind: "created",
        byId: coordinator.id,
        actingUserId: founder,
      }),
    );
    members[name] = { id: member.id, userId };
  }
  return {
    id: community.id,
    slug: community.slug,
    coordinator: { id: coordinator.id, userId: founder },
    members,
  };
}

/** An account's balance and held minutes. */
export const balanceOf = async (communityId: string, id: string) => {
  const { balance, held } = await db.account.findUniqueOrThrow({
    where: { communityId_id: { communityId, id } },
  });
  return { balance, held };
};
