"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";

export function RemoveOverride({
  community,
  id,
  days,
}: {
  community: string;
  id: string;
  /** The days as text, for screen readers. */
  days: string;
}) {
  const t = useTranslations("availabilityForm");
  const trpc = useTRPC();
  const { send, pending } = useFormMutation(trpc.availability.removeOverride.mutationOptions());
  return (
    <Button
      variant="secondary"
      pending={pending}
      pendingLabel={t("removing")}
      aria-label={`${t("remove")}: ${days}`}
      onClick={() => send({ community, id })}
    >
      {t("remove")}
    </Button>
  );
}
