import Link from "next/link";
import { useTranslations } from "@/components/translations";
import { noticePath } from "./notice";

/** Links to the imprint and the privacy notice of a community. */
export function NoticeLinks({
  community,
  token,
}: {
  community: string;
  token?: string | undefined;
}) {
  const t = useTranslations("privacy");
  return (
    <nav aria-label={t("links")}>
      <ul className="flex flex-wrap gap-x-6">
        {(["imprint", "privacy"] as const).map((page) => (
          <li key={page}>
            <Link
              href={noticePath(page, community, token)}
              className="link inline-flex min-h-11 items-center"
            >
              {t(page === "privacy" ? "title" : page)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
