import { getTranslations } from "@/app/translations";
import { AccountFigures } from "@/components/account/account-figures";
import { StatementSection } from "@/components/account/statement-section";
import { YearSection } from "@/components/account/year-section";
import { Page } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { regionOf, separatorOf } from "@/domain/kernel/region";
import { statementShape, yearShape } from "@/domain/ledger/schema";
import { nameText } from "@/domain/member/member";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = {
  params: Promise<{ community: string; id: string }>;
  searchParams: Promise<SearchParams>;
};

/** Another member's account, for coordinators. */
export default async function MemberAccountPage({ params, searchParams }: Props) {
  const { community: slug, id: memberId } = await params;
  const search = await searchParams;
  const filters = parseSearchParams(statementShape, search);
  const path = `/${slug}/accounts/${memberId}`;
  const { community } = await getCommunity(slug);
  const t = await getTranslations("account");
  const of = { community: slug, memberId };
  const { person, account } = await callOrRedirect((api) => api.account.of(of), path);
  const statement = await callOrRedirect(
    (api) => api.account.statement({ ...of, ...filters }),
    path,
  );
  const { year: shown } = parseSearchParams(yearShape, search);
  const year = await callOrRedirect(
    (api) => api.account.year({ ...of, ...(shown ? { year: shown } : {}) }),
    path,
  );
  return (
    <Page
      title={t("titleOf", { name: nameText(await getTranslations("memberName"), person) })}
      back={{ href: `/${slug}/members/${memberId}`, label: person.displayName }}
    >
      <AccountFigures account={account} rules={community} isMine={false} />
      <StatementSection
        statement={statement}
        filters={filters}
        path={path}
        files={{
          path: `/${slug}/account`,
          member: memberId,
          separator: separatorOf(regionOf(community)),
        }}
        community={slug}
        timeZone={community.timeZone}
        opensExchanges
      />
      <YearSection year={year} shown={shown} name={person.displayName} path={path} />
    </Page>
  );
}
