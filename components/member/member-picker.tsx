"use client";

import { useTranslations } from "@/components/translations";
import type { Outputs } from "@/components/trpc";
import type { FieldProps } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { nameText } from "@/domain/member/member";

type MemberPickerProps = Omit<FieldProps, "optional"> & {
  name: string;
  members: readonly Pick<
    Outputs["member"]["list"]["members"][number],
    "id" | "number" | "displayName" | "role" | "neighbourhood"
  >[];
  /** The id of the member who is selected initially. */
  defaultValue?: string | undefined;
};

/** Selects a member. The number distinguishes members with the same name. */
export function MemberPicker({ members, defaultValue, ...field }: MemberPickerProps) {
  const t = useTranslations("memberForm");
  const names = useTranslations("memberName");
  return (
    <Select
      {...field}
      placeholder={t("choose")}
      defaultValue={defaultValue ?? ""}
      options={members.map(({ id, number, neighbourhood, ...name }) => ({
        value: id,
        label: neighbourhood
          ? t("optionNear", { name: nameText(names, name), number, neighbourhood })
          : t("option", { name: nameText(names, name), number }),
      }))}
    />
  );
}
