import type { Metadata } from "next";
import { cache } from "react";
import { getTranslations } from "@/app/translations";
import { MemberListings } from "@/components/listing/member-listings";
import { MemberActions } from "@/components/member/member-actions";
import { MemberAvatar } from "@/components/member/member-avatar";
import { MemberContact } from "@/components/member/member-contact";
import { MemberFigures } from "@/components/member/member-figures";
import { MemberName } from "@/components/member/member-name";
import { MemberThanks } from "@/components/thanks/member-thanks";
import { Card } from "@/components/ui/card";
import { OwnLines } from "@/components/ui/own-words";
import { Columns, Page } from "@/components/ui/page";
import { parseSearchParams, type SearchParams } from "@/domain/kernel/query";
import { memberPageShape } from "@/domain/thanks/schema";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = {
  params: Promise<{ community: string; id: string }>;
  searchParams: Promise<SearchParams>;
};

const personOf = cache((community: string, id: string) =>
  callOrRedirect((api) => api.member.get({ community, id }), `/${community}/members/${id}`),
);

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { community, id } = await params;
  return { title: (await personOf(community, id)).displayName };
}

/** A person: who they are, what they offer and ask for, what they gave and received. */
export default async function MemberPage({ params, searchParams }: Props) {
  const { community: slug, id } = await params;
  const { thanks: after } = parseSearchParams(memberPageShape, await searchParams);
  const person = await personOf(slug, id);
  const { community, me } = await getCommunity(slug);
  const received = await callOrRedirect(
    (api) =>
      api.thanks.forMember({
        community: slug,
        id,
        after,
      }),
    `/${slug}/members/${id}`,
  );
  const t = await getTranslations("member.page");
  const { displayName: name, number, role, status, isMe, about, contact } = person;
  const isCoordinator = me.role === "coordinator";
  return (
    <Page
      title={
        <span className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <MemberAvatar of={person} community={slug} size="large" isFirst />
          <span className="min-w-0">
            <MemberName of={person} />
          </span>
        </span>
      }
      lead={t(role === "coordinator" ? "coordinatorNumber" : "number", { number })}
      back={
        isMe
          ? { href: `/${slug}/me`, label: t("backMe") }
          : { href: `/${slug}/members`, label: t("back") }
      }
      actions={<MemberActions person={person} community={slug} isCoordinator={isCoordinator} />}
    >
      {!isMe && status !== "active" && (
        <Card tone="dusk">{t(status === "left" ? "left" : "away", { name })}</Card>
      )}
      <Columns
        first={
          about && (
            <div className="max-w-reading text-lg">
              <OwnLines>{about}</OwnLines>
            </div>
          )
        }
        aside={
          <>
            <MemberFigures person={person} timeZone={community.timeZone} />
            <MemberContact
              name={name}
              contact={contact}
              isMe={isMe}
              isCoordinator={isCoordinator}
            />
          </>
        }
      >
        <MemberListings person={person} community={slug} />
        <MemberThanks
          person={person}
          received={received}
          community={slug}
          timeZone={community.timeZone}
          isLater={after !== undefined}
        />
      </Columns>
    </Page>
  );
}
