"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

export function DeleteSearch({
  community,
  id,
  name,
}: {
  community: string;
  id: string;
  /** Describes the search, so that screen readers can distinguish the buttons of a list. */
  name: string;
}) {
  const t = useTranslations("searchForm");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.search.deleteSaved.mutationOptions());
  return (
    <Form sentence={sentence} onSend={() => send({ community, id })}>
      <Button type="submit" variant="quiet" pending={pending} pendingLabel={t("forgetting")}>
        {t("forget")}
        <VisuallyHidden> {name}</VisuallyHidden>
      </Button>
    </Form>
  );
}
