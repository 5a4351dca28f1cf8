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
type ActionProps = { listing: OwnListing; community: string };

/**
 * What a member can do with their listing in its present state. In a list the buttons of an open listing
 * are quiet, and it can be renewed early only on its own page.
 */
export function ListingActions({ inList = false, ...props }: ActionProps & { inList?: boolean }) {
  const { state } = props.listing;
  return (
    <div className="flex flex-wrap items-start gap-2">
      {(state !== "open" || !inList) && <Renew {...props} />}
      {state === "open" && <Pause {...props} variant={inList ? "quiet" : "secondary"} />}
      {state !== "closed" && <Close {...props} variant={inList ? "quiet" : "danger"} />}
    </div>
  );
}

/** Opens the listing for another LISTING_DAYS, whatever its state. */
function Renew({ listing: { id, title, state }, community }: ActionProps) {
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

function Pause({
  listing: { id, title },
  community,
  variant,
}: ActionProps & { variant: ButtonVariant }) {
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

function Close({
  listing: { id, title },
  community,
  variant,
}: ActionProps & { variant: ButtonVariant }) {
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

/** A button that names its listing for screen readers. */
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
