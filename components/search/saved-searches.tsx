import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import { Badge } from "@/components/ui/badge";
import { List, ListRow } from "@/components/ui/list";
import { Section } from "@/components/ui/page";
import { DeleteSearch } from "./delete-search";
import { useSearchWords } from "./search-words";

type SavedSearch = Outputs["search"]["saved"][number] & { href: string };

/** My saved searches with their numbers of new results. */
export function SavedSearches({
  community,
  searches,
  title,
  lead,
}: {
  community: string;
  searches: readonly SavedSearch[];
  title?: string;
  lead?: string;
}) {
  const t = useTranslations("search");
  const say = useSearchWords();
  if (searches.length === 0) return null;
  return (
    <Section title={title ?? t("title")} lead={lead ?? t("lead")}>
      <List label={title ?? t("title")}>
        {searches.map(({ id, search, fresh, href }) => (
          <ListRow
            key={id}
            href={href}
            title={say(search)}
            end={
              <Badge tone={fresh > 0 ? "waiting" : "plain"}>{t("fresh", { count: fresh })}</Badge>
            }
            actions={<DeleteSearch community={community} id={id} name={say(search)} />}
          />
        ))}
      </List>
    </Section>
  );
}
