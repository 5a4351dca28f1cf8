import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { OwnLine } from "@/components/ui/own-words";
import type { PrivacyView } from "./notice";

/** Who is responsible for the community, or that the coordinators have not said so yet. */
export function Responsible({
  view: { community, notice, viewer },
  withData = false,
}: {
  view: PrivacyView;
  /** Also the contact for data and the place of the computer. */
  withData?: boolean;
}) {
  const t = useTranslations("privacy");
  const isCoordinator = viewer === "coordinator";
  if (!notice) {
    return (
      <Card tone={isCoordinator ? "lamp" : "dusk"}>
        <div className="grid grid-cols-1 justify-items-start gap-2">
          <p className="font-semibold">{t("unnamedTitle")}</p>
          <p>{t(isCoordinator ? "unnamedCoordinator" : "unnamed")}</p>
          {isCoordinator && (
            <LinkButton href={`/${community.slug}/coordinate/privacy`}>{t("fill")}</LinkButton>
          )}
        </div>
      </Card>
    );
  }
  // Each line in its own direction, at the page's side, under the lines of the other fields.
  const several = (text: string) =>
    text.split("\n").map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, which never reorder
      <span key={index} className="block min-h-[1lh]">
        <OwnLine>{line}</OwnLine>
      </span>
    ));
  const items = [
    { term: t("responsible"), detail: <OwnLine>{notice.responsible}</OwnLine> },
    { term: t("address"), detail: several(notice.address) },
    { term: t("contact"), detail: several(notice.contact) },
    ...(withData && notice.dataContact
      ? [{ term: t("dataContact"), detail: several(notice.dataContact) }]
      : []),
    ...(withData && notice.hosting
      ? [{ term: t("hosting"), detail: <OwnLine>{notice.hosting}</OwnLine> }]
      : []),
  ];
  return (
    <Card>
      <DescriptionList items={items} />
    </Card>
  );
}
