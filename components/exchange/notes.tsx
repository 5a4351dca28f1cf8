import { useFormatter } from "next-intl";
import { MemberAvatar } from "@/components/member/member-avatar";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { OwnLines } from "@/components/ui/own-words";
import { Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { sideName } from "@/domain/exchange/sides";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { shortMomentText } from "../format/dates";
import type { Exchange } from "./exchange";
import { NoteForm } from "./forms/note-form";

/** The notes of the two sides; a coordinator sees them during a dispute. */
export function Notes({
  exchange,
  community,
  timeZone,
}: {
  exchange: Exchange;
  community: string;
  timeZone: string;
}) {
  const t = useTranslations("exchange.page");
  const format = useFormatter();
  const names = useTranslations("memberName");
  const { id, mySide, status, notes, other } = exchange;
  if (!mySide && status !== "disputed") return null;
  return (
    <Section
      title={t("notes")}
      lead={mySide ? t("notesLead", { name: sideName(names, other) }) : t("notesLeadOther")}
    >
      {notes.length === 0 && <p className="text-ink-soft">{t("noNotes")}</p>}
      <ListLimitNotice shown={notes.length} most={MAX_ROWS.events} />
      <ul className="grid grid-cols-1 gap-4">
        {notes.map(({ id: noteId, text, createdAt, by }) => (
          <li key={noteId} className="flex flex-wrap items-start gap-3">
            <MemberAvatar of={by} community={community} size="small" />
            <div className="grid min-w-0 flex-[1_1_8rem] grid-cols-1 gap-1">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-semibold">
                  <MemberName of={by} />
                </span>
                <span className="text-sm text-ink-soft">
                  <Time dateTime={createdAt}>{shortMomentText(format, createdAt, timeZone)}</Time>
                </span>
              </p>
              <div>
                <OwnLines>{text}</OwnLines>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <NoteForm community={community} exchangeId={id} />
    </Section>
  );
}
