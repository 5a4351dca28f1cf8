import Link from "next/link";
import { Hours } from "@/components/format/hours";
import { MemberAvatar } from "@/components/member/member-avatar";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Section } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";

type Neighbour = Outputs["account"]["neighbours"][number];

/** How many are shown before the list is expanded. */
const SHOWN_AT_FIRST = 8;

/** Whom I helped and who helped me, with how often and how long. */
export function Neighbours({
  people,
  community,
}: {
  people: readonly Neighbour[];
  community: string;
}) {
  const t = useTranslations("account.neighbours");
  if (people.length === 0) return null;
  const rest = people.slice(SHOWN_AT_FIRST);
  return (
    <Section title={t("title")} lead={t("lead")}>
      <PeopleTable people={people.slice(0, SHOWN_AT_FIRST)} community={community} />
      {rest.length > 0 && (
        <Disclosure summary={t("others", { count: rest.length })}>
          <PeopleTable people={rest} community={community} />
        </Disclosure>
      )}
      <ListLimitNotice shown={people.length} most={MAX_ROWS.neighbours} />
    </Section>
  );
}

function PeopleTable({ people, community }: { people: readonly Neighbour[]; community: string }) {
  const t = useTranslations("account.neighbours");
  const cell = "border-t border-line px-3 py-2.5 align-top sm:px-4";
  const head = "px-3 py-3 text-start font-semibold sm:px-4";
  return (
    <div className="table-box">
      <table className="w-full border-separate border-spacing-0 rounded-xl border border-line bg-sheet shadow-sheet">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="text-sm text-ink-soft">
          <tr>
            <th scope="col" className={head}>
              {t("who")}
            </th>
            <th scope="col" className={head}>
              {t("iHelped")}
            </th>
            <th scope="col" className={head}>
              {t("helpedMe")}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row" className={`${cell} text-start font-semibold`}>
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <MemberAvatar of={person} community={community} size="small" />
                  <Link href={`/${community}/members/${person.id}`} className="link">
                    <MemberName of={person} />
                  </Link>
                </span>
              </th>
              <td className={cell} data-head={t("iHelped")}>
                <Amount times={person.gaveTimes} minutes={person.gaveMinutes} />
              </td>
              <td className={cell} data-head={t("helpedMe")}>
                <Amount times={person.receivedTimes} minutes={person.receivedMinutes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Amount({ times, minutes }: { times: number; minutes: number }) {
  const t = useTranslations("account.neighbours");
  if (times === 0) return <span className="text-ink-soft">{t("notYet")}</span>;
  return (
    <>
      <span className="font-semibold">
        <Hours minutes={minutes} />
      </span>
      <span className="block text-sm text-ink-soft">{t("times", { count: times })}</span>
    </>
  );
}
