"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useNewId } from "@/components/form/use-new-id";
import { hoursText } from "@/components/format/hours";
import { MemberPicker } from "@/components/member/member-picker";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { MinutesInput } from "@/components/ui/minutes-input";
import { RadioCards } from "@/components/ui/radio-cards";
import type { Choice } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { recordShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { Side } from "../exchange";
import { DuplicateQuestion, isDuplicateQuestion } from "./duplicate-question";
import { WhatFields } from "./what-fields";

type RecordFormProps = {
  community: string;
  /** Everybody but me. */
  members: ComponentProps<typeof MemberPicker>["members"];
  otherId?: string | undefined;
  /** "" until the member has chosen. */
  mySide: Side | "";
  /** Of my account, in minutes. */
  balance: number;
  categories: readonly Choice[];
  /** The community's date: the latest that can be recorded. */
  today: string;
  granularity: number;
};

/** What the member is asked about before the hours move. */
type Asked = { otherId: string; minutes: number };

/**
 * Records help that already happened. Who received is shown what will move and asked once more,
 * since it settles at once; who gave asks the other side.
 */
export function RecordForm({
  community,
  members,
  categories,
  today,
  granularity,
  balance,
  ...rest
}: RecordFormProps) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const exchange = useNewId();
  const [mySide, setIAm] = useState(rest.mySide);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isSideMissing, setIsSideMissing] = useState(false);
  const sent = useFormMutation(trpc.exchange.record.mutationOptions(), {
    newId: exchange,
    to: ({ id }) => `/${community}/exchanges/${id}`,
  });
  const { send, pending, fields, saved } = sent;
  const record = (data: FormData) => {
    setIsSideMissing(!mySide);
    if (!mySide) return;
    const input = { ...readForm(recordShape, data), mySide };
    const { otherId, minutes, title, confirmedDuplicate } = input;
    // What cannot be recorded is refused by the server, which says why.
    const isWhole = otherId !== "" && minutes > 0 && title !== "";
    const wasAsked = asked?.otherId === otherId && asked.minutes === minutes;
    const isSure = (wasAsked && data.has("sure")) || confirmedDuplicate === true;
    if (mySide === "receiver" && isWhole && !isSure) return setAsked({ otherId, minutes });
    setAsked(null);
    send({ ...input, community, id: exchange.id() });
  };
  const sideMissing = isSideMissing ? t("record.sideMissing") : undefined;
  return (
    <Form
      sentence={sideMissing ?? (isDuplicateQuestion(sent.reason) ? undefined : sent.sentence)}
      savedAt={saved && `/${community}/exchanges/${saved}`}
      onSend={record}
    >
      <MemberPicker
        name="otherId"
        label={t("record.person")}
        members={members}
        defaultValue={rest.otherId}
        error={fields.otherId && t("record.personMissing")}
      />
      <RadioCards<Side | "">
        name="mySide"
        label={t("record.side")}
        columns={2}
        options={[
          { value: "receiver", label: t("record.received"), detail: t("record.receivedDetail") },
          { value: "giver", label: t("record.gave"), detail: t("record.gaveDetail") },
        ]}
        value={mySide}
        onChange={(side) => {
          setIAm(side);
          setAsked(null);
          setIsSideMissing(false);
        }}
        error={fields.mySide ?? sideMissing}
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
      <DuplicateQuestion sent={sent} community={community} />
      {asked ? (
        <SettleQuestion
          name={members.find(({ id }) => id === asked.otherId)?.displayName ?? ""}
          minutes={asked.minutes}
          balance={balance - asked.minutes}
          onBack={() => setAsked(null)}
        />
      ) : (
        <Actions>
          <Button type="submit" pending={pending} pendingLabel={t("sending")}>
            {t("record.send")}
          </Button>
        </Actions>
      )}
    </Form>
  );
}

/** Who, how much, and what it makes of the account, before the hours move. */
function SettleQuestion({
  name,
  minutes,
  balance,
  onBack,
}: {
  name: string;
  minutes: number;
  /** The member's balance afterwards. */
  balance: number;
  onBack: () => void;
}) {
  const t = useTranslations("exchangeForm.record");
  const ui = useTranslations("ui");
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <fieldset
      ref={box}
      tabIndex={-1}
      className="grid min-w-0 gap-3 rounded-lg border-2 border-lamp bg-lamp-pale p-4"
    >
      <legend className="sr-only">{t("settleTitle")}</legend>
      <p className="text-lg">
        {t("settleQuestion", {
          name,
          hours: hoursText(ui, minutes),
          balance: hoursText(ui, balance),
        })}
      </p>
      <Actions>
        <Button type="submit" name="sure" value="yes">
          {t("settleYes")}
        </Button>
        <Button variant="quiet" onClick={onBack}>
          {t("settleBack")}
        </Button>
      </Actions>
    </fieldset>
  );
}
