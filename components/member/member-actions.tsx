import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import type { Person } from "./person";

/** Links to propose or record an exchange with this member; on the member's own page, to edit it. */
export function MemberActions({
  person: { id, isMe, status },
  community,
  isCoordinator,
}: {
  person: Person;
  community: string;
  isCoordinator: boolean;
}) {
  const t = useTranslations("member.page");
  const at = (path: string) => `/${community}${path}`;
  if (isMe) {
    return (
      <>
        <LinkButton href={at("/profile")}>{t("edit")}</LinkButton>
        <LinkButton href={at("/my-listings")} variant="secondary">
          {t("myListings")}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      {status === "active" && (
        <>
          <LinkButton href={at(`/propose?to=${id}&mySide=receiver`)}>{t("ask")}</LinkButton>
          <LinkButton href={at(`/propose?to=${id}&mySide=giver`)} variant="secondary">
            {t("offer")}
          </LinkButton>
          <LinkButton href={at(`/record?to=${id}`)} variant="quiet">
            {t("record")}
          </LinkButton>
        </>
      )}
      {isCoordinator && (
        <LinkButton href={at(`/accounts/${id}`)} variant="quiet">
          {t("account")}
        </LinkButton>
      )}
    </>
  );
}
