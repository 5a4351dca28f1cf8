import type { Metadata } from "next";
import { getFormatter } from "next-intl/server";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { InviteForm } from "@/components/community/invite-form";
import { WithdrawInvitation } from "@/components/community/withdraw-invitation";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { List, ListRow } from "@/components/ui/list";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Page, Section } from "@/components/ui/page";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { nameText } from "@/domain/member/member";
import { callOrRedirect, isOnlyHere, publicUrl } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("coordinate"))("invitations") };
}

/** Creates and lists invitations. */
async function InvitationsPage({ params }: Props) {
  const { community: slug } = await params;
  const path = `/${slug}/coordinate`;
  const { community } = await getCommunity(slug);
  const invitations = await callOrRedirect(
    (api) => api.community.invitations({ community: slug }),
    `${path}/invitations`,
  );
  const t = await getTranslations("coordinate");
  const names = await getTranslations("memberName");
  const format = await getFormatter();
  const day = (date: Date) =>
    format.dateTime(date, { timeZone: community.timeZone, dateStyle: "medium" });
  return (
    <Page
      title={t("invitations")}
      lead={t("invitationsLead")}
      back={{ href: path, label: t("title") }}
      width="reading"
    >
      {isOnlyHere() && (
        <FormMessage tone="note" title={t("onlyHereTitle")}>
          {t("onlyHere")}
        </FormMessage>
      )}
      <Card>
        <InviteForm community={slug} joinAddress={`${publicUrl()}/join/${slug}`} />
      </Card>
      <Section title={t("made")}>
        {invitations.length === 0 ? (
          <p className="text-ink-soft">{t("noneMade")}</p>
        ) : (
          <List label={t("made")}>
            {invitations.map(({ id, label, by, createdAt, expiresAt, uses, maxUses, state }) => (
              <ListRow
                key={id}
                title={label || t("unnamed")}
                detail={t("invitationDetail", {
                  by: nameText(names, by),
                  made: day(createdAt),
                  until: day(expiresAt),
                  uses,
                  max: maxUses,
                })}
                end={
                  <Badge tone={state === "open" ? "good" : "plain"}>{t(`state.${state}`)}</Badge>
                }
                actions={state === "open" && <WithdrawInvitation community={slug} id={id} />}
              />
            ))}
          </List>
        )}
        <ListLimitNotice
          shown={invitations.filter(({ state }) => state !== "open").length}
          most={MAX_ROWS.invitationsOver}
        />
      </Section>
    </Page>
  );
}

export default withMessages(["communityForm", "form"], InvitationsPage);
