"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { MinutesInput } from "@/components/ui/minutes-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { type Choice, Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TimeInput } from "@/components/ui/time-input";
import { readForm } from "@/domain/kernel/form";
import type { ListingKind } from "@/domain/listing/listing";
import { type ListingInput, listingShape } from "@/domain/listing/schema";
import { PlacesField } from "./places-field";

/** The initial values of the fields; those that are left out are empty. */
export type ListingDraft = Partial<Omit<ListingInput, "language">> & {
  kind: ListingKind;
  language: string;
};

type ListingFormProps = {
  community: string;
  draft: ListingDraft;
  /** The id of the listing to change; without it a new one is created. */
  id?: string | undefined;
  categories: readonly Choice[];
  languages: readonly Choice[];
  granularity: number;
  /** Where to go afterwards; by default the listing's own page. */
  next?: string;
  /** Set if the kind is already decided. */
  keepsKind?: boolean;
};

/** Creates or changes an offer or a request. */
export function ListingForm({ community, draft, id, ...props }: ListingFormProps) {
  const { categories, languages, granularity, next, keepsKind = false } = props;
  const t = useTranslations("listingForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const fresh = useNewId();
  const [kind, setKind] = useState(draft.kind);
  const pageOf = (listing: { id: string }) => `/${community}/listings/${listing.id}`;
  const to = { to: (listing: { id: string }) => next ?? pageOf(listing) };
  const created = useFormMutation(trpc.listing.create.mutationOptions(), {
    to: (listing) => next ?? `${pageOf(listing)}?new`,
    newId: fresh,
  });
  const updated = useFormMutation(trpc.listing.update.mutationOptions(), to);
  const { send, pending, sentence, fields, saved } = id ? updated : created;
  return (
    <Form
      sentence={sentence}
      savedAt={saved && `/${community}/listings/${saved}`}
      onSend={(data) =>
        send({ ...readForm(listingShape, data), community, id: id ?? fresh.id(), kind })
      }
    >
      {!keepsKind && (
        <RadioCards<ListingKind>
          name="kind"
          label={t("kind")}
          columns={2}
          options={[
            { value: "offer", label: t("offer"), detail: t("offerDetail") },
            { value: "request", label: t("request"), detail: t("requestDetail") },
          ]}
          value={kind}
          onChange={setKind}
          error={fields.kind}
        />
      )}
      <TextInput
        name="title"
        label={t("title")}
        placeholder={t(`titleExample.${kind}`)}
        defaultValue={draft.title}
        error={fields.title}
      />
      <Select
        name="category"
        label={t("category")}
        placeholder={t("categoryChoose")}
        options={categories}
        defaultValue={draft.category ?? ""}
        error={fields.category && t("categoryMissing")}
      />
      <TextArea
        name="description"
        label={t("description")}
        hint={t(`descriptionHint.${kind}`)}
        optional={form("optional")}
        rows={6}
        defaultValue={draft.description}
        error={fields.description}
      />
      <MinutesInput
        name="minutes"
        label={t("usualLength")}
        hint={t("usualLengthHint")}
        hoursLabel={form("hours")}
        minutesLabel={form("minutes")}
        granularity={granularity}
        defaultMinutes={draft.minutes ?? 60}
        error={fields.minutes}
      />
      <PlacesField defaultPlaces={draft.places ?? []} error={fields.places} />
      {kind === "request" && (
        <div className="grid items-start gap-6 sm:grid-cols-2">
          <DateInput
            name="neededOn"
            label={t("neededOn")}
            hint={t("neededOnHint")}
            optional={form("optional")}
            defaultValue={draft.neededOn}
            error={fields.neededOn}
          />
          <TimeInput
            name="neededTime"
            label={t("neededTime")}
            optional={form("optional")}
            defaultValue={draft.neededTime}
            error={fields.neededTime}
          />
        </div>
      )}
      <TextInput
        name="availability"
        label={t("when")}
        hint={t("whenHint")}
        optional={form("optional")}
        defaultValue={draft.availability}
        error={fields.availability}
      />
      <Select
        name="language"
        label={t("language")}
        hint={t("languageHint")}
        options={languages}
        defaultValue={draft.language}
        error={fields.language}
      />
      <Actions>
        <Button
          type="submit"
          pending={pending}
          pendingLabel={id ? form("saving") : form("sending")}
        >
          {id ? form("save") : t(`putUp.${kind}`)}
        </Button>
        {id && (
          <LinkButton href={`/${community}/listings/${id}`} variant="quiet">
            {form("cancel")}
          </LinkButton>
        )}
      </Actions>
    </Form>
  );
}
