import Link from "next/link";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { nameText } from "@/domain/member/member";
import { Reasons } from "./reasons";

type MatchEdge = Outputs["match"]["mine"]["pairs"][number]["iGive"];

/**
 * Who could help whom with what. If the reader is a side, it links to a proposal in answer to the other
 * member's listing, never to their own.
 */
export function MatchSentence({
  hand: { giver, receiver, offer, request, reasons },
  mine,
  community,
}: {
  hand: MatchEdge;
  /** The reader's side; null between two other members. */
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
