"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";

/** Vouches for a member; the list is read again without them. */
export function VouchButton({
  community,
  id,
  name,
}: {
  community: string;
  id: string;
  name: string;
}) {
  const t = useTranslations("vouch");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.member.vouch.mutationOptions());
  return (
    <>
      {sentence && <FormMessage>{sentence}</FormMessage>}
      <Button
        variant="secondary"
        pending={pending}
        pendingLabel={form("sending")}
        aria-label={t("vouchFor", { name })}
        onClick={() => send({ community, id })}
      >
        {t("vouch")}
      </Button>
    </>
  );
}
