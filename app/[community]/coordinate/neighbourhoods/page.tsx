import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { AddNeighbourhood } from "@/components/place/add-neighbourhood";
import { NeighbourhoodRow } from "@/components/place/neighbourhood-row";
import { List } from "@/components/ui/list";
import { Page, Section } from "@/components/ui/page";
import { MAX_NEIGHBOURHOODS } from "@/domain/place/neighbourhood";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("neighbourhood"))("title") };
}

/** The neighbourhoods from which members choose theirs. */
async function NeighbourhoodsPage({ params }: Props) {
  const { community: slug } = await params;
  const { me, map } = await getCommunity(slug);
  if (me.role !== "coordinator") notFound();
  const path = `/${slug}/coordinate/neighbourhoods`;
  const named = await callOrRedirect((api) => api.neighbourhood.list({ community: slug }), path);
  const t = await getTranslations("neighbourhood");
  const coordinate = await getTranslations("coordinate");
  const around = named.length > 0 ? named.map(({ point }) => point) : me.point ? [me.point] : [];
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/coordinate`, label: coordinate("title") }}
      width="reading"
    >
      <Section title={t("named")}>
        {named.length === 0 ? (
          <p className="text-ink-soft">{t("noneNamed")}</p>
        ) : (
          <List label={t("named")}>
            {named.map((neighbourhood) => (
              <NeighbourhoodRow
                key={neighbourhood.id}
                community={slug}
                neighbourhood={neighbourhood}
                map={map}
              />
            ))}
          </List>
        )}
      </Section>
      {named.length < MAX_NEIGHBOURHOODS && (
        <Section title={t("add")}>
          <AddNeighbourhood community={slug} map={map} around={around} />
        </Section>
      )}
    </Page>
  );
}

export default withMessages(["form", "map", "memberForm", "neighbourhoodForm"], NeighbourhoodsPage);
