"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Form, textOf } from "@/components/form/form";
import { useNewId } from "@/components/form/use-new-id";
import { useSend } from "@/components/form/use-send";
import { MemberPicker } from "@/components/member/member-picker";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { MinutesInput } from "@/components/ui/minutes-input";
import { RadioCards } from "@/components/ui/radio-cards";
import type { Choice } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import type { Side } from "./exchange";
import { WhatFields, whatIn } from "./what-fields";

type RecordFormProps = {
  community: string;
  /** Everybody but me. */
  members: ComponentProps<typeof MemberPicker>["members"];
  otherId?: string | undefined;
  iAm: Side;
  categories: readonly Choice[];
  /** The community's date: the latest that can be recorded. */
  today: string;
  granularity: number;
};

/** Records help that already happened. Who received settles at once; who gave asks. */
export function RecordForm({
  community,
  members,
  categories,
  today,
  granularity,
  ...rest
}: RecordFormProps) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const exchange = useNewId();
  const [iAm, setIAm] = useState(rest.iAm);
  const { send, pending, sentence, fields } = useSend(trpc.exchange.record.mutationOptions(), {
    to: ({ id }) => `/${community}/exchanges/${id}`,
  });
  return (
    <Form
      sentence={sentence}
      onSend={(data) =>
        send({
          community,
          id: exchange.id(),
          otherId: textOf(data, "otherId"),
          iAm,
          ...whatIn(data),
          date: textOf(data, "date"),
          minutes: Number(textOf(data, "minutes")),
          note: textOf(data, "note"),
        })
      }
    >
      <MemberPicker
        name="otherId"
        label={t("record.person")}
        members={members}
        defaultValue={rest.otherId}
        error={fields.otherId && t("record.personMissing")}
      />
      <RadioCards<Side>
        name="iAm"
        label={t("record.side")}
        columns={2}
        options={[
          { value: "receiver", label: t("record.received"), detail: t("record.receivedDetail") },
          { value: "giver", label: t("record.gave"), detail: t("record.gaveDetail") },
        ]}
        value={iAm}
        onChange={setIAm}
        error={fields.iAm}
      />
      <WhatFields categories={categories} fields={fields} />
      <DateInput
        name="date"
        label={t("record.date")}
        defaultValue={today}
        max={today}
        error={fields.date}
      />
      <MinutesInput
        name="minutes"
        label={t("record.howLong")}
        hoursLabel={form("hours")}
        minutesLabel={form("minutes")}
        granularity={granularity}
        error={fields.minutes}
      />
      <TextArea
        name="note"
        label={t("record.note")}
        optional={form("optional")}
        rows={3}
        error={fields.note}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={t("sending")}>
          {t("record.send")}
        </Button>
      </Actions>
    </Form>
  );
}
