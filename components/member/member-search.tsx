import { useTranslations } from "@/components/translations";
import { Button, LinkButton } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";

/** Looks for a person by name, neighbourhood or number; a plain form, it needs no scripts. */
export function MemberSearch({ path, words }: { path: string; words: string }) {
  const t = useTranslations("member.list");
  return (
    <search>
      <form method="get" action={path} className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-[1_1_14rem]">
          <TextInput
            label={t("words")}
            name="words"
            type="search"
            maxLength={60}
            enterKeyHint="search"
            defaultValue={words}
          />
        </div>
        <Button type="submit" variant="secondary">
          {t("search")}
        </Button>
        {words && (
          <LinkButton href={path} variant="quiet">
            {t("all")}
          </LinkButton>
        )}
      </form>
    </search>
  );
}
