import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { RecordForm } from "@/components/exchange/forms/record-form";
import { NoMembersFound } from "@/components/member/member-empty-states";
import { MemberSearch } from "@/components/member/member-search";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { recordPageShape } from "@/domain/exchange/schema";
import { localOf } from "@/domain/kernel/calendar";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { callOrRedirect } from "@/server/api/caller";
import { categoryChoices } from "../category-choices";
import { getCommunity } from "../community";

/** More would make the page slow; other members are found by name. */
const MAX_CHOICES = 500;

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("record"))("title") };
}

/** Records help that already happened. */
async function RecordPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { to, mySide, words } = parseSearchParams(recordPageShape, await searchParams);
  const path = `/${slug}/record`;
  const { community, me } = await getCommunity(slug);
  const t = await getTranslations("record");
  const found = await callOrRedirect(
    (api) => api.member.list({ community: slug, words, most: MAX_CHOICES }),
    path,
  );
  const { balance } = await callOrRedirect((api) => api.account.mine({ community: slug }), path);
  const listed = found.members.filter(({ id }) => id !== me.id);
  const isLeftOut = to && found.next && listed.every(({ id }) => id !== to);
  const members = isLeftOut
    ? [await callOrRedirect((api) => api.member.get({ community: slug, id: to }), path), ...listed]
    : listed;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/exchanges`, label: t("back") }}
      width="reading"
    >
      {(found.next || words) && (
        <>
          <p>{t("findPerson")}</p>
          <MemberSearch path={path} words={words} />
        </>
      )}
      {words && members.length === 0 ? (
        <NoMembersFound words={words} all={path} />
      ) : members.length === 0 ? (
        <EmptyState
          title={t("nobody")}
          action={<LinkButton href={`/${slug}/members`}>{t("nobodyAction")}</LinkButton>}
        >
          <p>{t("nobodyLead")}</p>
        </EmptyState>
      ) : (
        <RecordForm
          community={slug}
          members={members}
          otherId={members.find(({ id }) => id === to)?.id}
          mySide={mySide ?? ""}
          balance={balance}
          categories={await categoryChoices()}
          today={localOf(new Date(), community.timeZone).date}
          granularity={community.granularity}
        />
      )}
    </Page>
  );
}

export default withMessages(["exchangeForm", "form", "memberForm", "memberName", "ui"], RecordPage);
