"use client";

import { useState } from "react";
import { Form, textOf } from "@/components/form/form";
import { useNewId } from "@/components/form/use-new-id";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioCards } from "@/components/ui/radio-cards";
import type { Choice } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { AnotherOne, asksForAnother, isAnother } from "./another-one";
import type { Side } from "./exchange";
import { RepeatFields, repeatIn } from "./repeat-fields";
import type { SlotTime } from "./slots";
import { type TermsDraft, TermsFields, termsIn } from "./terms-fields";
import { WhatFields, whatIn } from "./what-fields";

type ProposeFormProps = {
  community: string;
  other: { id: string; displayName: string };
  /** The listing that is answered; it decides who helps whom. */
  listing?: { id: string; title: string; category: string } | undefined;
  iAm: Side;
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
  const [iAm, setIAm] = useState(rest.iAm);
  const [date, setDate] = useState(draft.date);
  const name = other.displayName;
  const sent = useSend(trpc.exchange.propose.mutationOptions(), {
    newId: exchange,
    to: ({ id }) => `/${community}/exchanges/${id}`,
  });
  const { send, pending, fields, saved } = sent;
  return (
    <Form
      sentence={asksForAnother(sent.reason) ? undefined : sent.sentence}
      savedAt={saved && `/${community}/exchanges/${saved}`}
      onSend={(data) =>
        send({
          community,
          id: exchange.id(),
          ...(listing ? { listingId: listing.id } : { otherId: other.id, iAm }),
          ...whatIn(data),
          ...termsIn(data, iAm),
          note: textOf(data, "note"),
          ...repeatIn(data),
          ...(isAnother(data) ? { confirmedDuplicate: true } : {}),
        })
      }
    >
      {!listing && (
        <RadioCards<Side>
          name="iAm"
          label={t("whatSide")}
          options={[
            { value: "receiver", label: t("iReceive", { name }) },
            { value: "giver", label: t("iGive", { name }) },
          ]}
          value={iAm}
          onChange={setIAm}
          error={fields.iAm}
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
        slots={iAm === "receiver" ? slots : null}
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
        <p>{t(`meaning.${iAm}`, { name })}</p>
      </Card>
      <AnotherOne sent={sent} community={community} />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={t("sending")}>
          {t("propose", { name })}
        </Button>
      </Actions>
    </Form>
  );
}
