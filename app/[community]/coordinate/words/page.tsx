import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { PrivateWords } from "@/components/thanks/private-words";
import { EmptyState } from "@/components/ui/empty-state";
import { MoreLink } from "@/components/ui/more-link";
import { Page } from "@/components/ui/page";
import {
  parseSearchParams,
  type SearchParams,
  toSearchParams,
  withQuery,
} from "@/domain/kernel/query";
import { privateMessagesShape } from "@/domain/thanks/schema";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = {
  params: Promise<{ community: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("coordinate.words"))("title") };
}

/** Private messages to the coordinators after an exchange. */
export default async function PrivateWordsPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const { exchange, from } = parseSearchParams(privateMessagesShape, await searchParams);
  const path = `/${slug}/coordinate/words`;
  const after = exchange && from ? { exchangeId: exchange, fromId: from } : undefined;
  const { community } = await getCommunity(slug);
  const { words, next } = await callOrRedirect(
    (api) => api.thanks.words({ community: slug, ...(after ? { after } : {}) }),
    path,
  );
  const t = await getTranslations("coordinate.words");
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/coordinate`, label: t("back") }}
      width="reading"
    >
      {words.length === 0 ? (
        <EmptyState title={t("emptyTitle")}>
          <p>{t("emptyLead")}</p>
        </EmptyState>
      ) : (
        <PrivateWords words={words} community={slug} timeZone={community.timeZone} />
      )}
      {next && (
        <MoreLink
          href={withQuery(
            path,
            toSearchParams(privateMessagesShape, { exchange: next.exchangeId, from: next.fromId }),
          )}
          label={t("more")}
        />
      )}
    </Page>
  );
}
