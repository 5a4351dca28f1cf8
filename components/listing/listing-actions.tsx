"use client";

import { useTranslations } from "next-intl";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormMessage } from "@/components/ui/form-message";

/** What a member does with a listing of their own: renew, change, rest, close. */
export function ListingActions({
  community,
  id,
  state,
}: {
  community: string;
  id: string;
  state: "open" | "paused" | "closed" | "lapsed";
}) {
  const t = useTranslations("listingForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const renew = useSend(trpc.listing.renew.mutationOptions());
  const pause = useSend(trpc.listing.pause.mutationOptions());
  const close = useSend(trpc.listing.close.mutationOptions());
  const ref = { community, id };
  const sentence = renew.sentence ?? pause.sentence ?? close.sentence;
  return (
    <div className="grid gap-3">
      {sentence && <FormMessage>{sentence}</FormMessage>}
      <Actions>
        <Button
          variant={state === "open" ? "secondary" : "primary"}
          pending={renew.pending}
          pendingLabel={form("sending")}
          onClick={() => renew.send(ref)}
        >
          {t(state === "open" || state === "lapsed" ? "renew" : "reopen")}
        </Button>
        {state !== "closed" && (
          <LinkButton variant="secondary" href={`/${community}/listings/${id}/edit`}>
            {t("edit")}
          </LinkButton>
        )}
        {(state === "open" || state === "lapsed") && (
          <Button
            variant="quiet"
            pending={pause.pending}
            pendingLabel={form("sending")}
            onClick={() => pause.send(ref)}
          >
            {t("pause")}
          </Button>
        )}
        {state !== "closed" && (
          <ConfirmButton
            question={t("closeQuestion")}
            confirmLabel={t("closeSend")}
            cancelLabel={t("back")}
            pending={close.pending}
            pendingLabel={form("sending")}
            onConfirm={() => close.send(ref)}
          >
            {t("close")}
          </ConfirmButton>
        )}
      </Actions>
    </div>
  );
}
