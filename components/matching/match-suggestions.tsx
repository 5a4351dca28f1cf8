import { Hours } from "@/components/format/hours";
import { MemberName } from "@/components/member/member-name";
import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Avatar } from "@/components/ui/avatar";
import { LinkButton } from "@/components/ui/button";
import { List, ListRow } from "@/components/ui/list";
import { Section } from "@/components/ui/page";
import type { ListingKind } from "@/domain/listing/listing";
import { Reasons } from "./reasons";

type Suggestion = Outputs["match"]["forListing"][number];

/** Below a member's own listing: members whom it suits; renders nothing without any. */
export function Suggestions({
  suggestions,
  kind,
  community,
}: {
  suggestions: readonly Suggestion[];
  /** Of my listing. */
  kind: ListingKind;
  community: string;
}) {
  const t = useTranslations("match");
  if (suggestions.length === 0) return null;
  const isRequest = kind === "request";
  const title = t(isRequest ? "givers" : "wanters");
  return (
    <Section title={title} lead={t(isRequest ? "giversLead" : "wantersLead")}>
      <List label={title}>
        {suggestions.map(({ member, listing, reasons }) => (
          <ListRow
            key={listing.id}
            start={<Avatar name={member.displayName} />}
            href={`/${community}/listings/${listing.id}`}
            title={listing.title}
            detail={
              <>
                <span className="flex flex-wrap gap-x-2 font-semibold text-ink">
                  <span>
                    <MemberName of={member} />
                  </span>
                  <Hours minutes={listing.minutes} />
                </span>
                <Reasons reasons={reasons} />
              </>
            }
            actions={
              <LinkButton variant="secondary" href={`/${community}/propose?listing=${listing.id}`}>
                {t(isRequest ? "ask" : "offer", { name: member.displayName })}
              </LinkButton>
            }
          />
        ))}
      </List>
    </Section>
  );
}
