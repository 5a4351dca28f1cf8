"use client";

import { type ReactNode, useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Button, type ButtonVariant } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormMessage } from "@/components/ui/form-message";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { ListingState } from "./listing-words";

type OwnListing = { id: string; title: string; state: ListingState };
type KeepProps = { listing: OwnListing; community: string };

/**
 * What its member can do with a listing in the state that it is in. In a list, one that is open
 * needs nothing: its buttons are quiet there, and renewing it early is left to its own page.
 */
export function ListingActions({ inList = false, ...kept }: KeepProps & { inList?: boolean }) {
  const { state } = kept.listing;
  return (
    <div className="flex flex-wrap items-start gap-2">
      {(state !== "open" || !inList) && <Renew {...kept} />}
      {state === "open" && <Pause {...kept} variant={inList ? "quiet" : "secondary"} />}
      {state !== "closed" && <Close {...kept} variant={inList ? "quiet" : "danger"} />}
    </div>
  );
}

/** Opens it for another 90 days, whatever it was before. */
function Renew({ listing: { id, title, state }, community }: KeepProps) {
  const t = useTranslations("listingForm");
  const trpc = useTRPC();
  const [isRenewed, setIsRenewed] = useState(false);
  const { send, pending, sentence } = useFormMutation(trpc.listing.renew.mutationOptions(), {
    done: () => setIsRenewed(true),
  });
  const isLapsed = state === "lapsed";
  return (
    <Form sentence={sentence} onSend={() => send({ community, id })}>
      {isRenewed && state === "open" && !sentence && (
        <FormMessage tone="good">{t("renewed")}</FormMessage>
      )}
      <Named
        title={title}
        pending={pending}
        pendingLabel={t("renewing")}
        variant={isLapsed ? "primary" : "secondary"}
      >
        {t(isLapsed || state === "open" ? "renew" : "reopen")}
      </Named>
    </Form>
  );
}

/** Hides it until it is opened again. */
function Pause({
  listing: { id, title },
  community,
  variant,
}: KeepProps & { variant: ButtonVariant }) {
  const t = useTranslations("listingForm");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.listing.pause.mutationOptions());
  return (
    <Form sentence={sentence} onSend={() => send({ community, id })}>
      <Named title={title} pending={pending} pendingLabel={t("pausing")} variant={variant}>
        {t("pause")}
      </Named>
    </Form>
  );
}

/** Takes it down. */
function Close({
  listing: { id, title },
  community,
  variant,
}: KeepProps & { variant: ButtonVariant }) {
  const t = useTranslations("listingForm");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.listing.close.mutationOptions());
  return (
    <Form sentence={sentence} onSend={() => send({ community, id })}>
      <ConfirmButton
        variant={variant}
        question={t("closeQuestion")}
        confirmLabel={t("closeSend")}
        cancelLabel={t("closeBack")}
        pending={pending}
        pendingLabel={t("closing")}
      >
        {t("close")} <VisuallyHidden>{title}</VisuallyHidden>
      </ConfirmButton>
    </Form>
  );
}

/** A button that says for readers which listing it is about. */
function Named({
  title,
  children,
  ...rest
}: {
  title: string;
  pending: boolean;
  pendingLabel: string;
  variant: ButtonVariant;
  children: ReactNode;
}) {
  return (
    <Button {...rest} type="submit">
      {children} <VisuallyHidden>{title}</VisuallyHidden>
    </Button>
  );
}
