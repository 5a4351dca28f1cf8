import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { LanguageLinks } from "@/components/language-links";
import { MemberName } from "@/components/member/member-name";
import { noticePath } from "@/components/privacy/notice";
import { List, ListRow } from "@/components/ui/list";
import { Page } from "@/components/ui/page";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me"))("title") };
}

/** Links to the pages about the member. */
export default async function MePage({ params }: Props) {
  const { community: slug } = await params;
  const { community, me } = await getCommunity(slug);
  const t = await getTranslations("me");
  const privacy = await getTranslations("privacy");
  const rows = [
    { href: `/${slug}/my-listings`, title: t("listings"), detail: t("listingsHint") },
    { href: `/${slug}/availability`, title: t("availability"), detail: t("availabilityHint") },
    { href: `/${slug}/members/${me.id}`, title: t("page"), detail: t("pageHint") },
    { href: `/${slug}/profile`, title: t("profile"), detail: t("profileHint") },
    { href: `/${slug}/fund`, title: t("fund"), detail: t("fundHint") },
    {
      href: noticePath("privacy", slug),
      title: privacy("title"),
      detail: privacy("lead"),
    },
    {
      href: noticePath("imprint", slug),
      title: privacy("imprint"),
      detail: privacy("imprintLead", { community: community.name }),
    },
    { href: "/settings", title: t("settings"), detail: t("settingsHint") },
    { href: "/communities?all", title: t("communities"), detail: t("communitiesHint") },
  ];
  return (
    <Page
      title={<MemberName of={me} />}
      lead={t("lead", { number: me.number, community: community.name })}
      width="reading"
    >
      <List label={t("title")}>
        {rows.map((row) => (
          <ListRow key={row.href} {...row} />
        ))}
      </List>
      <LanguageLinks />
    </Page>
  );
}
