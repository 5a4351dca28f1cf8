"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { useTranslations } from "@/components/translations";
import { Actions, Button, LinkButton } from "@/components/ui/button";

/** Refusals that ask whether this help is another one. */
const ASKS = new Set(["recordedByYou", "recordedByThem", "agreedForThatDay", "proposedBefore"]);

/** Whether a refusal is a question, to which the form's own message adds nothing. */
export const isDuplicateQuestion = (reason: string | undefined): boolean =>
  reason !== undefined && ASKS.has(reason);

/** Asks in place whether what looks like the same help is another one: yes sends the form again. */
export function DuplicateQuestion({
  sent,
  community,
}: {
  sent: {
    reason: string | undefined;
    sentence: string | undefined;
    about: string | undefined;
    pending: boolean;
  };
  community: string;
}) {
  const t = useTranslations("exchangeForm.another");
  const box = useRef<HTMLFieldSetElement>(null);
  const { reason, sentence, about, pending } = sent;
  useEffect(() => {
    if (isDuplicateQuestion(reason)) box.current?.focus();
  }, [reason]);
  if (!isDuplicateQuestion(reason)) return null;
  const there = `/${community}/exchanges/${about}`;
  return (
    <fieldset
      ref={box}
      tabIndex={-1}
      className="grid min-w-0 gap-3 rounded-lg border-2 border-lamp bg-sheet p-4"
    >
      <legend className="sr-only">{t("title")}</legend>
      <p>
        {sentence}{" "}
        <Link href={there} className="link" target="_blank">
          {t("look")}
        </Link>
      </p>
      <Actions>
        <Button type="submit" name="confirmedDuplicate" value="yes" pending={pending}>
          {t("yes")}
        </Button>
        <LinkButton variant="secondary" href={there}>
          {t("no")}
        </LinkButton>
      </Actions>
    </fieldset>
  );
}
