import Link from "next/link";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { nameText } from "@/domain/member/member";
import { Reasons } from "./reasons";

type MatchEdge = Outputs["match"]["mine"]["pairs"][number]["iGive"];

/**
 * Who helps whom with what. What I have a part in leads to proposing it: an answer to their
 * listing, never to my own.
 */
export function MatchSentence({
  hand: { giver, receiver, offer, request, reasons },
  mine,
  community,
}: {
  hand: MatchEdge;
  /** My side of it; null when it is between two others. */
  mine: "giver" | "receiver" | null;
  community: string;
}) {
  const t = useTranslations("match");
  const names = useTranslations("memberName");
  const theirs = mine === "receiver" ? offer : request;
  const href = mine
    ? `/${community}/propose?listing=${theirs.id}`
    : `/${community}/listings/${theirs.id}`;
  const key = mine === null ? "helps" : mine === "giver" ? "youHelp" : "helpsYou";
  return (
    <li>
      {t.rich(key, {
        name: nameText(names, mine === "giver" ? receiver : giver),
        giver: nameText(names, giver),
        receiver: nameText(names, receiver),
        title: theirs.title,
        link: (words) => (
          <Link href={href} className="link" dir="auto">
            {words}
          </Link>
        ),
      })}
      <span className="block text-sm text-ink-soft">
        {/* That the kind is the same is what the sentence says. */}
        <Reasons reasons={reasons.filter((reason) => reason !== "sameKind")} />
      </span>
    </li>
  );
}
