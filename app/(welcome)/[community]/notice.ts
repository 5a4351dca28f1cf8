import { notFound, redirect } from "next/navigation";
import { getTranslations } from "@/app/translations";
import { noticePath } from "@/components/privacy/notice";
import { INVITATION_PARAMETER } from "@/domain/privacy/schema";
import { getActor } from "@/server/api/auth";
import { api, callOrNull } from "@/server/api/caller";

export type NoticeProps = {
  params: Promise<{ community: string }>;
  searchParams: Promise<{ [INVITATION_PARAMETER]?: string | string[] }>;
};

/** The notice as the caller may see it, the token of their invitation, and the page to go back to. */
export async function readNotice(
  page: "imprint" | "privacy",
  { params, searchParams }: NoticeProps,
) {
  const { community } = await params;
  const given = (await searchParams)[INVITATION_PARAMETER];
  const token = typeof given === "string" ? given : undefined;
  const view = await callOrNull((await api()).privacy.read({ community, token }));
  if (!view) {
    if (await getActor()) notFound();
    redirect(`/sign-in?from=${encodeURIComponent(noticePath(page, community))}`);
  }
  const t = await getTranslations("privacy");
  const me = await getTranslations("me");
  const back =
    view.viewer === "visitor"
      ? {
          href: `/join/${community}${token ? `/${encodeURIComponent(token)}` : ""}`,
          label: t("back"),
        }
      : { href: `/${community}/me`, label: me("title") };
  return { view, token, back };
}
