import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { NoMembersFound, OnlyMember } from "@/components/member/member-empty-states";
import { MemberRow } from "@/components/member/member-row";
import { MemberSearch } from "@/components/member/member-search";
import { List } from "@/components/ui/list";
import { MoreLink } from "@/components/ui/more-link";
import { Page } from "@/components/ui/page";
import {
  parseSearchParams,
  type SearchParams,
  toSearchParams,
  withQuery,
} from "@/domain/kernel/query";
import { memberListShape } from "@/domain/member/schema";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("member.list"))("title") };
}

/** The directory of members. */
export default async function MembersPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { words, after } = parseSearchParams(memberListShape, await searchParams);
  const path = `/${slug}/members`;
  const pathOf = (page: string | undefined) =>
    withQuery(path, toSearchParams(memberListShape, { words, after: page }));
  const { me } = await getCommunity(slug);
  const t = await getTranslations("member.list");
  const { members, next } = await callOrRedirect(
    (api) => api.member.list({ community: slug, words, after }),
    pathOf(after),
  );
  const isNear = members.some((member) => member.isNear);
  const isOnlyMe = !words && !after && members.every(({ id }) => id === me.id);
  return (
    <Page title={t("title")} lead={t("lead")} width="reading">
      <MemberSearch path={path} words={words} />
      {isNear && <p>{t("nearLead", { words })}</p>}
      {members.length > 0 && (
        <List label={t("title")}>
          {members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              community={slug}
              isMe={member.id === me.id}
            />
          ))}
        </List>
      )}
      {next && <MoreLink href={pathOf(next)} label={t("more")} />}
      {words && members.length === 0 && <NoMembersFound words={words} all={path} />}
      {isOnlyMe && <OnlyMember community={slug} isCoordinator={me.role === "coordinator"} />}
    </Page>
  );
}
