"use client";

import { useTranslations } from "@/components/translations";
import { TextInput } from "@/components/ui/text-input";

/** The name, address and password of somebody new; their name's field is called as the procedure calls it. */
export function NewSignInFields({
  nameField,
  fields,
}: {
  nameField: "name" | "yourName";
  fields: Record<string, string>;
}) {
  const t = useTranslations("authForm");
  return (
    <>
      <TextInput
        name={nameField}
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="name"
        error={fields[nameField]}
      />
      <TextInput
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        error={fields.email}
      />
      <NewPasswordField error={fields.password} />
    </>
  );
}

/** A password that is chosen now. */
export function NewPasswordField({ error }: { error: string | undefined }) {
  const t = useTranslations("authForm");
  return (
    <TextInput
      name="password"
      type="password"
      label={t("newPassword")}
      hint={t("passwordHint")}
      autoComplete="new-password"
      error={error}
    />
  );
}

/** The password that somebody has, for changes that only they may make. */
export function PresentPasswordField({ error }: { error: string | undefined }) {
  const t = useTranslations("authForm");
  return (
    <TextInput
      name="current"
      type="password"
      label={t("currentPassword")}
      autoComplete="current-password"
      error={error}
    />
  );
}
