import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ListingForm } from "@/components/listing/listing-form";
import { ProfileForm } from "@/components/member/profile-form";
import { Progress } from "@/components/onboarding/progress";
import { stepsDone } from "@/components/onboarding/steps";
import { Suggestions } from "@/components/onboarding/suggestions";
import { Illustration } from "@/components/scenes/illustration";
import { Actions, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, Section } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import type { Category, ListingKind } from "@/domain/listing/listing";
import { startShape } from "@/domain/listing/schema";
import { callOrRedirect } from "@/server/api/caller";
import { categoryChoices } from "../category-choices";
import { getCommunity } from "../community";
import { languageChoices } from "../language-choices";

type Props = { params: Promise<{ community: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onboarding"))("steps") };
}

/** Three steps for somebody new: about you, one offer, one request. Each can wait. */
async function StartPage({ params, searchParams }: Props) {
  const { community: slug } = await params;
  const search = parseSearchParams(startShape, await searchParams);
  const { me } = await getCommunity(slug);
  const t = await getTranslations("onboarding");
  const listings = await callOrRedirect(
    (api) => api.listing.mine({ community: slug }),
    `/${slug}/start`,
  );
  const done = stepsDone(me, listings);
  // Without a step in the address: the first one that is still to be done.
  const step = search.step ?? 1 + ((done.indexOf(false) + 4) % 4);
  const at = (number: number) => `/${slug}/start?step=${number}`;
  return (
    <Page title={t("title", { name: me.displayName })} lead={t("lead")} width="reading">
      <Progress community={slug} step={step} done={done} />
      {step === 1 && (
        <Section title={t("about")} lead={t("aboutLead")}>
          <AboutYou community={slug} next={at(2)} />
        </Section>
      )}
      {(step === 2 || step === 3) && (
        <OneListing
          community={slug}
          kind={step === 2 ? "offer" : "request"}
          step={step}
          category={search.category}
          title={search.title}
        />
      )}
      {step === 4 ? (
        <EmptyState
          illustration={<Illustration scene="neighbours" />}
          title={t("doneTitle")}
          action={
            <>
              <LinkButton href={`/${slug}/browse`}>{t("browse")}</LinkButton>
              <LinkButton href={`/${slug}`} variant="secondary">
                {t("toHome")}
              </LinkButton>
            </>
          }
        >
          <p>{t("doneLead")}</p>
        </EmptyState>
      ) : (
        <Actions>
          <LinkButton href={at(step + 1)} variant="secondary">
            {t("skip")}
          </LinkButton>
          <LinkButton href={`/${slug}`} variant="quiet">
            {t("later")}
          </LinkButton>
        </Actions>
      )}
    </Page>
  );
}

async function AboutYou({ community, next }: { community: string; next: string }) {
  const { me, map } = await getCommunity(community);
  const neighbourhoods = await callOrRedirect((api) => api.neighbourhood.list({ community }), next);
  return <ProfileForm {...{ community, me, neighbourhoods, map, next }} />;
}

/** One offer or request, with ideas to begin from. */
async function OneListing({
  community,
  kind,
  step,
  category,
  title,
}: {
  community: string;
  kind: ListingKind;
  step: number;
  category: Category | undefined;
  title: string | undefined;
}) {
  const t = await getTranslations("onboarding");
  const { community: rules } = await getCommunity(community);
  const at = (number: number) => `/${community}/start?step=${number}`;
  return (
    <Section title={t(kind)} lead={t(`${kind}Lead`)}>
      <Suggestions kind={kind} path={at(step)} chosen={category} />
      <ListingForm
        // Another idea is another draft.
        key={`${category} ${title}`}
        community={community}
        draft={{
          kind,
          title,
          category,
          places: [kind === "offer" ? "yours" : "mine"],
          language: rules.language,
        }}
        categories={await categoryChoices()}
        languages={await languageChoices()}
        granularity={rules.granularity}
        next={at(step + 1)}
        keepsKind
      />
    </Section>
  );
}

export default withMessages(
  ["form", "listingForm", "map", "memberForm", "neighbourhoodForm"],
  StartPage,
);
