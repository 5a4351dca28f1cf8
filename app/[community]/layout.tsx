import type { ReactNode } from "react";
import { getTranslations } from "@/app/translations";
import { RevocationBanner } from "@/components/identity/revocation-banner";
import { MemberAvatar } from "@/components/member/member-avatar";
import { Bell } from "@/components/notification/bell";
import { Procedures } from "@/components/trpc";
import { HeaderLink, type NavItem, SiteHeader, TabBar } from "@/components/ui/nav";
import { getActor } from "@/server/api/auth";
import { callOrRedirect } from "@/server/api/caller";
import { getCommunity } from "./community";

/** Every page of a community: its name, the navigation, and the number of pending items. */
export default async function CommunityLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ community: string }>;
}) {
  const { community: slug } = await params;
  const { community, me } = await getCommunity(slug);
  const t = await getTranslations("nav");
  const news = await getTranslations("notifications");
  const waiting = await callOrRedirect((api) => api.home.waiting({ community: slug }), `/${slug}`);
  const at = (path: string) => `/${slug}${path}`;
  const tabs: NavItem[] = [
    { href: at(""), label: t("home"), icon: "home", exact: true },
    { href: at("/browse"), label: t("browse"), icon: "board" },
    {
      href: at("/exchanges"),
      label: t("exchanges"),
      icon: "exchange",
      count: waiting.exchanges,
      countLabel: t("yourTurn", { count: waiting.exchanges }),
    },
    { href: at("/account"), label: t("account"), icon: "clock" },
    { href: at("/members"), label: t("members"), icon: "people" },
  ];
  const isCoordinator = me.role === "coordinator";
  return (
    <Procedures>
      <SiteHeader
        home={{ href: at(""), label: community.name }}
        navLabel={t("label")}
        items={tabs}
        end={
          <>
            <Bell
              community={slug}
              state={waiting.state}
              countLabel={news("unseen", { count: waiting.unseen })}
            >
              {/* Beside the bell; on phones there is room for it only on the page itself. */}
              <span className="sr-only sm:not-sr-only">{news("title")}</span>
            </Bell>
            {isCoordinator && (
              <HeaderLink
                href={at("/coordinate")}
                count={waiting.decisions}
                countLabel={t("yourDecision", { count: waiting.decisions })}
              >
                {t("coordinate")}
              </HeaderLink>
            )}
            <HeaderLink
              href={at("/me")}
              start={<MemberAvatar of={me} community={slug} size="small" isFirst />}
            >
              {t("me")}
            </HeaderLink>
          </>
        }
      />
      {(await getActor())?.hasNotice && <RevocationBanner />}
      {me.status === "paused" && (
        <p className="bg-dusk-pale px-4 py-3 text-center sm:px-6">{t("paused")}</p>
      )}
      {children}
      <TabBar navLabel={t("tabs")} items={tabs} />
    </Procedures>
  );
}
