"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioCards } from "@/components/ui/radio-cards";
import type { Choice } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { proposeShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { SlotTime } from "../../format/slots";
import type { Side } from "../exchange";
import { DuplicateQuestion, isDuplicateQuestion } from "./duplicate-question";
import { RepeatFields, readRepeat } from "./repeat-fields";
import { readTerms, type TermsDraft, TermsFields } from "./terms-fields";
import { WhatFields } from "./what-fields";

type ProposeFormProps = {
  community: string;
  other: { id: string; displayName: string };
  /** The listing that is answered; it decides who helps whom. */
  listing?: { id: string; title: string; category: string } | undefined;
  mySide: Side;
  categories: readonly Choice[];
  draft: TermsDraft;
  today: string;
  granularity: number;
  /** The other person's free times as the giver; null when they have said nothing. */
  slots: readonly SlotTime[] | null;
};

/** Proposes an exchange to somebody, by a listing or from scratch. */
export function ProposeForm({ community, other, listing, categories, ...rest }: ProposeFormProps) {
  const { draft, today, granularity, slots } = rest;
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const exchange = useNewId();
  const [mySide, setIAm] = useState(rest.mySide);
  const [date, setDate] = useState(draft.date);
  const name = other.displayName;
  const sent = useFormMutation(trpc.exchange.propose.mutationOptions(), {
    newId: exchange,
    to: ({ id }) => `/${community}/exchanges/${id}`,
  });
  const { send, pending, fields, saved } = sent;
  return (
    <Form
      sentence={isDuplicateQuestion(sent.reason) ? undefined : sent.sentence}
      savedAt={saved && `/${community}/exchanges/${saved}`}
      onSend={(data) =>
        send({
          ...readForm(proposeShape, data),
          ...readTerms(data, mySide),
          ...readRepeat(data),
          ...(listing ? { listingId: listing.id } : { otherId: other.id, mySide }),
          community,
          id: exchange.id(),
        })
      }
    >
      {!listing && (
        <RadioCards<Side>
          name="mySide"
          label={t("whatSide")}
          options={[
            { value: "receiver", label: t("iReceive", { name }) },
            { value: "giver", label: t("iGive", { name }) },
          ]}
          value={mySide}
          onChange={setIAm}
          error={fields.mySide}
        />
      )}
      <WhatFields
        categories={categories}
        fields={fields}
        title={listing?.title}
        category={listing?.category}
      />
      <TermsFields
        draft={draft}
        today={today}
        granularity={granularity}
        name={name}
        fields={fields}
        slots={mySide === "receiver" ? slots : null}
        slotsTitle={t("slots.title", { name })}
        onDate={setDate}
      />
      <RepeatFields date={date} />
      <TextArea
        name="note"
        label={t("note", { name })}
        optional={form("optional")}
        rows={3}
        error={fields.note}
      />
      <Card tone="dusk" className="grid gap-1">
        <h2 className="text-xl">{t("meaning.title")}</h2>
        <p>{t(`meaning.${mySide}`, { name })}</p>
      </Card>
      <DuplicateQuestion sent={sent} community={community} />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={t("sending")}>
          {t("propose", { name })}
        </Button>
      </Actions>
    </Form>
  );
}
