import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { withWords } from "@/app/words";
import { RecordForm } from "@/components/exchange/record-form";
import { MemberSearch } from "@/components/member/member-search";
import { NobodyFound } from "@/components/member/nobody";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Page } from "@/components/ui/page";
import { load } from "@/server/caller";
import { localOf } from "@/server/domain/calendar";
import { categoryChoices } from "../category-choices";
import { here } from "../here";

/** More would make the page slow; the others are found by their names. */
const MOST_TO_CHOOSE = 500;

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<Partial<Record<"to" | "iAm" | "words", string | string[]>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("record"))("title") };
}

/** Records help that already happened. */
async function RecordPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { to, iAm, ...search } = await searchParams;
  const words = typeof search.words === "string" ? search.words.trim().slice(0, 60) : "";
  const path = `/${slug}/record`;
  const { community, me } = await here(slug);
  const t = await getTranslations("record");
  const found = await load(
    (api) => api.member.list({ community: slug, words, most: MOST_TO_CHOOSE }),
    path,
  );
  const { balance } = await load((api) => api.account.mine({ community: slug }), path);
  const listed = found.members.filter(({ id }) => id !== me.id);
  const isLeftOut = typeof to === "string" && found.next && listed.every(({ id }) => id !== to);
  const members = isLeftOut
    ? [await load((api) => api.member.get({ community: slug, id: to }), path), ...listed]
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
        <NobodyFound words={words} all={path} />
      ) : members.length === 0 ? (
        <Empty
          title={t("nobody")}
          action={<LinkButton href={`/${slug}/members`}>{t("nobodyAction")}</LinkButton>}
        >
          <p>{t("nobodyLead")}</p>
        </Empty>
      ) : (
        <RecordForm
          community={slug}
          members={members}
          otherId={members.find(({ id }) => id === to)?.id}
          iAm={iAm === "giver" || iAm === "receiver" ? iAm : ""}
          balance={balance}
          categories={await categoryChoices()}
          today={localOf(new Date(), community.timeZone).date}
          granularity={community.granularity}
        />
      )}
    </Page>
  );
}

export default withWords(["exchangeForm", "form", "memberForm", "memberName", "ui"], RecordPage);
