import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Illustration } from "@/components/ui/illustration";

/** Nobody has it up yet: so ask for it, or among requests offer it, with the same words. */
export function NothingFound({
  community,
  query: { kind, category, words },
  all,
}: {
  community: string;
  query: { kind?: string | undefined; category?: string | undefined; words: string };
  /** The address of everything. */
  all: string;
}) {
  const t = useTranslations("listing.browse");
  const isFiltered = Boolean(kind || category || words);
  const amongRequests = kind === "request";
  const start = new URLSearchParams({ kind: amongRequests ? "offer" : "request" });
  if (category) start.set("category", category);
  if (words) start.set("title", words);
  return (
    <Empty
      illustration={<Illustration scene="board" />}
      title={t(isFiltered ? "nothingTitle" : "emptyTitle")}
      action={
        <>
          <LinkButton href={`/${community}/listings/new?${start}`}>
            {t(amongRequests ? "offerIt" : isFiltered ? "askForIt" : "askForSomething")}
          </LinkButton>
          {isFiltered && (
            <LinkButton href={all} variant="secondary">
              {t("clear")}
            </LinkButton>
          )}
        </>
      }
    >
      <p>{t(!isFiltered ? "emptyLead" : amongRequests ? "nothingRequests" : "nothingLead")}</p>
    </Empty>
  );
}
