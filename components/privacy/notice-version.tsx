import { useFormatter } from "next-intl";
import { useTranslations } from "@/components/translations";
import { factsChangedOn } from "@/domain/privacy/facts";
import type { PrivacyView } from "./notice";

/** When the coordinators last changed the notice, and from when the text about the product is. */
export function NoticeVersion({
  view: { community, notice },
  withFacts = false,
}: {
  view: PrivacyView;
  withFacts?: boolean;
}) {
  const t = useTranslations("privacy");
  const format = useFormatter();
  const { timeZone } = community;
  if (!notice && !withFacts) return null;
  return (
    <div className="grid grid-cols-1 gap-1 text-sm text-ink-soft">
      {withFacts && <p>{t("truth")}</p>}
      <p>
        {notice &&
          t("changed", {
            version: notice.version,
            date: format.dateTime(notice.changedAt, { timeZone, dateStyle: "long" }),
          })}{" "}
        {withFacts &&
          t("factsDate", {
            date: format.dateTime(factsChangedOn, { timeZone: "UTC", dateStyle: "long" }),
          })}
      </p>
    </div>
  );
}
