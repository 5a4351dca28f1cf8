import type { ReactNode } from "react";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Avatar } from "@/components/ui/avatar";
import { Card, CardGrid } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { OwnLine } from "@/components/ui/own-words";
import { Section } from "@/components/ui/page";
import { nameText } from "@/domain/member/member";
import { MatchSentence } from "./match-sentence";

/** How many are shown before the list is expanded. */
const SHOWN_AT_FIRST = 2;

type MutualMatchesData = Outputs["match"]["mine"];

/** Members with whom I could exchange help, in pairs or circles of three; renders nothing without any. */
export function MutualMatches({
  around,
  community,
}: {
  around: MutualMatchesData;
  community: string;
}) {
  const t = useTranslations("match");
  const words = useTranslations("memberName");
  const cards = [
    ...around.pairs.map(({ other, iGive, theyGive }) => (
      <Together
        key={other.id}
        title={t("pair", { name: nameText(words, other) })}
        names={[other.displayName]}
      >
        <MatchSentence hand={iGive} mine="giver" community={community} />
        <MatchSentence hand={theyGive} mine="receiver" community={community} />
      </Together>
    )),
    ...around.circles.map(({ second, third, hands }) => (
      <Together
        key={second.id}
        title={t("circle", { second: nameText(words, second), third: nameText(words, third) })}
        names={[second.displayName, third.displayName]}
      >
        {hands.map((hand) => (
          <MatchSentence
            key={hand.offer.id}
            hand={hand}
            mine={
              hand.receiver.id === second.id
                ? "giver"
                : hand.giver.id === third.id
                  ? "receiver"
                  : null
            }
            community={community}
          />
        ))}
      </Together>
    )),
  ];
  if (cards.length === 0) return null;
  const more = cards.slice(SHOWN_AT_FIRST);
  return (
    <Section title={t("together")} lead={t("togetherLead")}>
      <CardGrid as="ul">{cards.slice(0, SHOWN_AT_FIRST)}</CardGrid>
      {more.length > 0 && (
        <Disclosure summary={t("more", { count: more.length })}>
          <CardGrid as="ul">{more}</CardGrid>
        </Disclosure>
      )}
    </Section>
  );
}

function Together({
  title,
  names,
  children,
}: {
  title: string;
  names: readonly string[];
  children: ReactNode;
}) {
  return (
    <Card as="li" className="grid content-start gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <span className="flex shrink-0 -space-x-1 rtl:space-x-reverse">
          {names.map((name) => (
            <Avatar key={name} name={name} size="small" />
          ))}
        </span>
        <h3 className="min-w-0 flex-[1_1_8rem] text-xl">
          <OwnLine>{title}</OwnLine>
        </h3>
      </div>
      <ul className="grid grid-cols-1 gap-2">{children}</ul>
    </Card>
  );
}
