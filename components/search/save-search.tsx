"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import type { Search } from "@/domain/search/schema";

/** Saves the search of this page, whose new results are then shown on home. */
export function SaveSearch({ community, search }: { community: string; search: Search }) {
  const t = useTranslations("searchForm");
  const trpc = useTRPC();
  const fresh = useNewId();
  const name = JSON.stringify(search);
  const [saved, setSaved] = useState<string | null>(null);
  const { send, pending, sentence } = useFormMutation(trpc.search.save.mutationOptions(), {
    newId: fresh,
    done: () => setSaved(name),
  });
  return (
    <Form
      sentence={sentence}
      onSend={() => send({ community, id: fresh.id(), ...search, places: [...search.places] })}
    >
      {saved === name && !sentence && <FormMessage tone="good">{t("saved")}</FormMessage>}
      <div className="flex justify-center">
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={t("saving")}>
          {t("save")}
        </Button>
      </div>
    </Form>
  );
}
