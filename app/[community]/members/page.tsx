import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { MemberRow } from "@/components/member/member-row";
import { MemberSearch } from "@/components/member/member-search";
import { NobodyFound, OnlyMe } from "@/components/member/nobody";
import { List } from "@/components/ui/list";
import { Page } from "@/components/ui/page";
import { load } from "@/server/caller";
import { here } from "../here";

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<{ words?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("member.list"))("title") };
}

/** Everybody who takes part. */
export default async function MembersPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const search = await searchParams;
  const words = typeof search.words === "string" ? search.words.trim().slice(0, 60) : "";
  const path = `/${slug}/members`;
  const { me } = await here(slug);
  const t = await getTranslations("member.list");
  const members = await load(
    (api) => api.member.list({ community: slug, words }),
    words ? `${path}?${new URLSearchParams({ words })}` : path,
  );
  const isNear = members.some((member) => member.isNear);
  const isOnlyMe = !words && members.every(({ id }) => id === me.id);
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
      {words && members.length === 0 && <NobodyFound words={words} all={path} />}
      {isOnlyMe && <OnlyMe community={slug} isCoordinator={me.role === "coordinator"} />}
    </Page>
  );
}
