import Link from "next/link";
import { useTranslations } from "@/components/translations";
import { classNames } from "@/components/ui/class-names";
import { Disclosure } from "@/components/ui/disclosure";
import { categories, type ListingKind } from "@/domain/listing/listing";

/** "Something else" has no example. */
const withIdeas = categories.filter((category) => category !== "other");

/** One idea a kind of help: choosing it fills the form. Plain links, folded away. */
export function Suggestions({
  kind,
  path,
  chosen,
}: {
  kind: ListingKind;
  path: string;
  chosen: string | undefined;
}) {
  const t = useTranslations("onboarding");
  const idea = useTranslations("suggestion");
  const name = useTranslations("category");
  return (
    <nav aria-label={t("suggestions")}>
      <Disclosure summary={t("suggestions")}>
        <ul className="flex flex-wrap gap-2">
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
                    "grid min-h-11 rounded-lg border-[1.5px] px-3.5 py-2 leading-snug transition-colors",
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
      </Disclosure>
    </nav>
  );
}
