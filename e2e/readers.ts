/** Every page, by its reader and a name. */
import { caller } from "./api";
import { coordinating, type Demo, emailOf, home, PASSWORD, pagesOf } from "./demo";
import { exchangesOf } from "./unruly-texts";

/** A busy member, a coordinator, a new member, and a visitor who is not signed in. */
export const readers = ["rosa", "amara", "nils", "nobody"] as const;
export type Reader = (typeof readers)[number];

/** @returns paths with queries, by reader and a name */
export async function pagesOfAll(demo: Demo): Promise<Record<Reader, Record<string, string>>> {
  const rosa = await caller(demo.baseUrl, { email: emailOf("rosa"), password: PASSWORD });
  const member = await pagesOf(demo, rosa.http);
  await rosa.close();
  const exchanges = await exchangesOf(demo.databaseUrl, emailOf("rosa"));
  const amara = await caller(demo.baseUrl, { email: emailOf("amara"), password: PASSWORD });
  const { token } = await amara.send<{ token: string }>("community.invite", {
    community: home.slice(1),
    label: "For the notice board",
    maxUses: 60,
    days: 30,
  });
  await amara.close();
  const someone = member.person.split("/").at(-1);
  return {
    rosa: {
      ...member,
      ...Object.fromEntries(
        Object.entries(exchanges).map(([status, id]) => [
          `exchange-${status}`,
          `${home}/exchanges/${id}`,
        ]),
      ),
      proposePerson: `${home}/propose?to=${someone}`,
      step1: `${home}/start?step=1`,
      step3: `${home}/start?step=3`,
      step4: `${home}/start?step=4`,
      offline: "/offline",
    },
    amara: {
      ...coordinating,
      home,
      account: `${home}/accounts/${someone}`,
      community: "/communities/new",
    },
    nils: {
      home,
      exchanges: `${home}/exchanges`,
      account: `${home}/account`,
      listings: `${home}/my-listings`,
    },
    nobody: {
      signIn: "/sign-in",
      signUp: "/sign-up",
      invitation: `/join/${home.slice(1)}/${token}`,
      signUpInvited: `/sign-up?from=${encodeURIComponent(`/join/${home.slice(1)}/${token}`)}`,
      privacy: `${home}/privacy?invitation=${token}`,
      imprint: `${home}/imprint?invitation=${token}`,
      link: `/link/${"x".repeat(43)}`,
      email: `/settings/email/${"x".repeat(43)}`,
      unsubscribe: `/unsubscribe/${"x".repeat(43)}`,
      setUp: `/setup/${"x".repeat(43)}`,
    },
  };
}
