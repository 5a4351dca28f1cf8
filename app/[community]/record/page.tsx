import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { withWords } from "@/app/words";
import { RecordForm } from "@/components/exchange/record-form";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Page } from "@/components/ui/page";
import { load } from "@/server/caller";
import { localOf } from "@/server/domain/calendar";
import { categoryChoices } from "../category-choices";
import { here } from "../here";

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<{ to?: string | string[]; iAm?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("record"))("title") };
}

/** Records help that already happened. */
async function RecordPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { to, iAm } = await searchParams;
  const { community, me } = await here(slug);
  const t = await getTranslations("record");
  const everybody = await load((api) => api.member.list({ community: slug }), `/${slug}/record`);
  const { balance } = await load((api) => api.account.mine({ community: slug }), `/${slug}/record`);
  const members = everybody.filter(({ id }) => id !== me.id);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/exchanges`, label: t("back") }}
      width="reading"
    >
      {members.length === 0 ? (
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
