import { useFormatter } from "next-intl";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Card } from "@/components/ui/card";
import { Section } from "@/components/ui/page";

type Upkeep = Outputs["community"]["overview"]["upkeep"];

/** For coordinators: what the computer that runs Evenhour needs, and what to do about it. */
export function MaintenanceNotice({
  upkeep: { backup, disk },
  timeZone,
}: {
  upkeep: Upkeep;
  timeZone: string;
}) {
  const t = useTranslations("coordinate.upkeep");
  const format = useFormatter();
  const { state, lastAt } = backup;
  const isMissing = state === "late" || state === "failed";
  if (!isMissing && disk === "ok") return null;
  return (
    <Section title={t("title")} lead={t("lead")}>
      <Card tone="lamp">
        <ul className="grid gap-4">
          {disk !== "ok" && (
            <li>
              <p className="font-semibold">{t("disk")}</p>
              <p>{t("diskAction")}</p>
            </li>
          )}
          {isMissing && (
            <li>
              <p className="font-semibold">{t(state)}</p>
              <p>
                {lastAt
                  ? t("last", {
                      date: format.dateTime(lastAt, {
                        timeZone,
                        dateStyle: "long",
                        timeStyle: "short",
                      }),
                    })
                  : t("none")}{" "}
                {t(`${state}Action`)}
              </p>
            </li>
          )}
        </ul>
      </Card>
    </Section>
  );
}
