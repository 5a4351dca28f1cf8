import Link from "next/link";
import { useFormatter } from "next-intl";
import { daysOf, type SlotTime, slotDayText, slotTimeText } from "@/components/format/slots";
import { useTranslations } from "@/components/translations";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/page";

/** The form has all free times. */
const MAX_DAYS = 4;
const MAX_TIMES_PER_DAY = 8;

/** The free times of the offer's member: each is a link that proposes it. */
export function FreeTimes({
  slots,
  name,
  propose,
}: {
  slots: readonly SlotTime[];
  name: string;
  /** The URL of the form. */
  propose: string;
}) {
  const t = useTranslations("listing.page");
  const format = useFormatter();
  const days = daysOf(slots);
  if (days.length === 0) {
    return (
      <Section title={t("freeTitle", { name })}>
        <p className="text-ink-soft">{t("freeNone", { name })}</p>
      </Section>
    );
  }
  const isMore = days.length > MAX_DAYS || days.some((day) => day.slots.length > MAX_TIMES_PER_DAY);
  return (
    <Section title={t("freeTitle", { name })} lead={t("freeLead")}>
      <dl className="grid gap-4">
        {days.slice(0, MAX_DAYS).map(({ date, slots: times }) => (
          <div key={date} className="grid gap-1.5">
            <dt className="font-semibold">{slotDayText(format, date)}</dt>
            <dd className="flex flex-wrap gap-2">
              {times.slice(0, MAX_TIMES_PER_DAY).map((slot) => (
                <Link
                  key={slot.time}
                  href={`${propose}&at=${slot.date}T${slot.time}`}
                  prefetch={false}
                  aria-label={t("freeChoose", {
                    day: slotDayText(format, date),
                    time: slotTimeText(format, slot),
                  })}
                  className="inline-flex min-h-11 min-w-16 items-center justify-center rounded-full border-[1.5px] border-edge bg-sheet px-3.5 font-semibold tabular-nums transition-colors hover:border-ink hover:bg-lamp-pale"
                >
                  {slotTimeText(format, slot)}
                </Link>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {isMore && (
        <div>
          <LinkButton variant="quiet" href={propose}>
            {t("freeMore")}
          </LinkButton>
        </div>
      )}
    </Section>
  );
}
