import type { Metadata } from "next";
import { getTranslations } from "@/app/translations";
import { Rooftops } from "@/components/scenes/rooftops";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { api } from "@/server/api/caller";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// The address must reach nobody else.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notificationSettings");
  return { title: t("unsubscribe.title"), robots: { index: false }, referrer: "no-referrer" };
}

/** The target of an unsubscribe link: one button. Opening the page changes nothing. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const { token } = await params;
  const isDone = "done" in (await searchParams);
  const t = await getTranslations("notificationSettings");
  const found = await (await api()).notification.unsubscribing({ token });
  if (!found) {
    return (
      <>
        <Rooftops />
        <Page title={t("unsubscribe.invalid")} lead={t("unsubscribe.invalidLead")} width="reading">
          <Actions>
            <LinkButton href="/sign-in">{t("unsubscribe.signIn")}</LinkButton>
          </Actions>
        </Page>
      </>
    );
  }
  const { community, isStopped, kind } = found;
  const name = t(`unsubscribe.kind.${kind}`);
  const settings = `/${community.slug}/notifications/settings`;
  return (
    <>
      <Rooftops />
      <Page
        title={t(isStopped || isDone ? "unsubscribe.done" : "unsubscribe.title")}
        lead={t(isStopped || isDone ? "unsubscribe.doneLead" : "unsubscribe.lead", {
          kind: name,
          community: community.name,
        })}
        width="reading"
      >
        {!(isStopped || isDone) && (
          <form method="post" action={`/api/unsubscribe/${token}`}>
            <input type="hidden" name="List-Unsubscribe" value="One-Click" />
            <input type="hidden" name="from-page" value="yes" />
            <Button type="submit">{t("unsubscribe.action")}</Button>
          </form>
        )}
        <Actions>
          <LinkButton href={settings} variant="secondary">
            {t("unsubscribe.settings")}
          </LinkButton>
        </Actions>
      </Page>
    </>
  );
}
