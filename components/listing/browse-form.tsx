import { useTranslations } from "next-intl";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { type Choice, Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";

/** Search words and kind of help, as a plain form: it works before scripts run. */
export function BrowseForm({
  path,
  query,
  categories,
}: {
  /** The page's own address without a query. */
  path: string;
  query: { kind?: string | undefined; category?: string | undefined; words: string };
  categories: readonly Choice[];
}) {
  const t = useTranslations("listing.browse");
  const { kind, category, words } = query;
  return (
    <search>
      <form
        method="get"
        action={path}
        className="grid items-end gap-4 sm:grid-cols-2 md:grid-cols-[1fr_1fr_auto]"
      >
        {/* The tab stays chosen when one searches. */}
        {kind && <input type="hidden" name="kind" value={kind} />}
        <TextInput
          label={t("words")}
          name="words"
          type="search"
          maxLength={80}
          enterKeyHint="search"
          defaultValue={words}
        />
        <Select
          label={t("category")}
          name="category"
          placeholder={t("anyCategory")}
          options={categories}
          defaultValue={category ?? ""}
        />
        <Actions>
          <Button type="submit" variant="secondary">
            {t("search")}
          </Button>
          {(words || category) && (
            <LinkButton href={kind ? `${path}?kind=${kind}` : path} variant="quiet">
              {t("clear")}
            </LinkButton>
          )}
        </Actions>
      </form>
    </search>
  );
}
