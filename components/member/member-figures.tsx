import { useFormatter } from "next-intl";
import { Hours } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { Person } from "./person";

/** The member's neighbourhood and languages, and the hours they gave and received. */
export function MemberFigures({ person, timeZone }: { person: Person; timeZone: string }) {
  const t = useTranslations("member.page");
  const format = useFormatter();
  const { neighbourhood, languages, totals, balance, joinedAt } = person;
  const items = [
    ...(neighbourhood ? [{ term: t("neighbourhood"), detail: neighbourhood }] : []),
    ...(languages.length > 0 ? [{ term: t("languages"), detail: languages.join(", ") }] : []),
    { term: t("given"), detail: <Hours minutes={totals.given} /> },
    { term: t("received"), detail: <Hours minutes={totals.received} /> },
    // Null if only the member and the coordinators may see balances.
    ...(balance === null
      ? []
      : [{ term: t("balance"), detail: <Hours minutes={balance} signed /> }]),
    ...(joinedAt
      ? [
          {
            term: t("since"),
            detail: format.dateTime(joinedAt, { timeZone, month: "long", year: "numeric" }),
          },
        ]
      : []),
  ];
  return (
    <Card>
      <DescriptionList items={items} />
    </Card>
  );
}
