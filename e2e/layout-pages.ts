/** Every page that there is to lay out, by who opens it and a name. */
import { caller } from "./api";
import { coordinating, type Demo, emailOf, home, PASSWORD, pagesOf } from "./demo";
import { exchangesOf } from "./unruly-texts";

export type Reader = "rosa" | "amara" | "nobody";
type Paths = Record<string, string>;

/** @returns paths with queries; nobody is not signed in */
export async function layoutPages(demo: Demo): Promise<Record<Reader, Paths>> {
  const rosa = await caller(demo.baseUrl, { email: emailOf("rosa"), password: PASSWORD });
  const member = await pagesOf(demo, rosa.http);
  await rosa.close();
  const amara = emailOf("amara");
  const mine = await exchangesOf(demo.databaseUrl, emailOf("rosa"));
  const api = await caller(demo.baseUrl, { email: amara, password: PASSWORD });
  const { token } = await api.send<{ token: string }>("community.invite", {
    ...{ community: home.slice(1), label: "For the notice board", maxUses: 60, days: 30 },
  });
  await api.close();
  const someone = member.person.split("/").at(-1);
  return {
    rosa: {
      ...member,
      ...Object.fromEntries(
        Object.entries(mine).map(([status, id]) => [
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
    nobody: {
      signIn: "/sign-in",
      signUp: "/sign-up",
      invitation: `/join/${home.slice(1)}/${token}`,
      link: `/link/${"x".repeat(43)}`,
      email: `/settings/email/${"x".repeat(43)}`,
      setUp: `/setup/${"x".repeat(43)}`,
    },
  };
}
