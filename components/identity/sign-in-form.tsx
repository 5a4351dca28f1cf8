"use client";

import { useState, useTransition } from "react";
import { Form } from "@/components/form/form";
import { useTranslations } from "@/components/translations";
import { Actions, Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { signInShape } from "@/domain/identity/schema";
import { readForm } from "@/domain/kernel/form";
import { type Refused, reloadAt, signInWith } from "./sign-in-with";

/** Signs in with e-mail and password. */
export function SignInForm({ from }: { from: string }) {
  const t = useTranslations("authForm");
  const [refused, setRefused] = useState<Refused | null>(null);
  const [pending, start] = useTransition();
  return (
    <Form
      sentence={refused ? t(`refused.${refused}`) : undefined}
      onSend={(data) =>
        start(async () => {
          setRefused(null);
          const answer = await signInWith("password", readForm(signInShape, data));
          if (answer) return setRefused(answer);
          reloadAt(from);
        })
      }
    >
      <TextInput name="email" type="email" label={t("email")} autoComplete="username" />
      <TextInput
        name="password"
        type="password"
        label={t("password")}
        autoComplete="current-password"
      />
      <Actions>
        <Button type="submit" wide pending={pending} pendingLabel={t("entering")}>
          {t("signIn")}
        </Button>
      </Actions>
    </Form>
  );
}
