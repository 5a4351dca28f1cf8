import Link from "next/link";
import { useTranslations } from "@/components/translations";

/** On every page until dismissed: says that credentials were revoked. */
export function RevocationBanner() {
  const t = useTranslations("revocation");
  return (
    <p className="bg-dusk-pale px-4 py-3 text-center sm:px-6">
      <Link href="/settings#revocations" className="link">
        {t("banner")}
      </Link>
    </p>
  );
}
