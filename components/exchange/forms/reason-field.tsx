"use client";

import { useTranslations } from "@/components/translations";
import { TextArea } from "@/components/ui/text-area";

/** A word of why, for who wants to give one; `name` is who reads it. */
export function ReasonField({ name, error }: { name: string; error: string | undefined }) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  return (
    <TextArea
      name="reason"
      rows={2}
      label={t("reason")}
      hint={t("reasonHint", { name })}
      optional={form("optional")}
      error={error}
    />
  );
}

/** Why a coordinator decides as they do: the two sides are owed it. */
export function NeededReasonField({ error }: { error: string | undefined }) {
  const t = useTranslations("exchangeForm");
  return (
    <TextArea
      name="reason"
      rows={2}
      label={t("reasonNeeded")}
      hint={t("reasonNeededHint")}
      error={error}
    />
  );
}
