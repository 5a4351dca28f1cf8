import Link from "next/link";
import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { categories, type ListingKind } from "@/server/domain/listing";

/** "Something else" has no example. */
const withIdeas = categories.filter((category) => category !== "other");

/** One idea a kind of help: choosing it fills the form. Plain links, sideways on a phone. */
export function Suggestions({
  kind,
  path,
  chosen,
}: {
  kind: ListingKind;
  path: string;
  chosen: string;
}) {
  const t = useTranslations("onboarding");
  const idea = useTranslations("suggestion");
  const name = useTranslations("category");
  return (
    <nav aria-label={t("suggestions")} className="-mx-4 min-w-0 overflow-x-auto px-4 py-1">
      <ul className="flex w-max gap-2 sm:w-auto sm:flex-wrap">
        {withIdeas.map((category) => {
          const title = idea(`${kind}.${category}`);
          const query = new URLSearchParams({ category, title });
          return (
            <li key={category}>
              <Link
                href={`${path}&${query}`}
                scroll={false}
                prefetch={false}
                aria-current={chosen === category ? "true" : undefined}
                className={classNames(
                  "grid min-h-11 max-w-60 rounded-lg border-[1.5px] px-3.5 py-2 leading-snug transition-colors",
                  chosen === category
                    ? "border-ink bg-lamp-pale"
                    : "border-edge bg-sheet hover:border-ink",
                )}
              >
                <span className="text-sm text-ink-soft">{name(category)}</span>
                <span className="font-semibold">{title}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
