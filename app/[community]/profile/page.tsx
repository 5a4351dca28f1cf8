import type { Metadata } from "next";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { ProfileForm } from "@/components/member/profile-form";
import { PhotoForm } from "@/components/photo/photo-form";
import { Page, Section } from "@/components/ui/page";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("member.profile"))("title") };
}

/** How I show myself in this community. */
async function ProfilePage({ params }: Props) {
  const { community: slug } = await params;
  const { me, map } = await getCommunity(slug);
  const neighbourhoods = await callOrRedirect(
    (api) => api.neighbourhood.list({ community: slug }),
    `/${slug}/profile`,
  );
  const t = await getTranslations("member.profile");
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      back={{ href: `/${slug}/me`, label: t("back") }}
      width="reading"
    >
      <Section title={t("photo")}>
        <PhotoForm community={slug} photoId={me.photoId} />
      </Section>
      <ProfileForm community={slug} me={me} neighbourhoods={neighbourhoods} map={map} />
    </Page>
  );
}

export default withMessages(
  ["form", "map", "memberForm", "neighbourhoodForm", "photoForm"],
  ProfilePage,
);
