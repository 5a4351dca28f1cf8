"use client";

import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Ends this session. */
export function SignOutButton() {
  const t = useTranslations("authForm");
  const [pending, start] = useTransition();
  return (
    <Button
      variant="secondary"
      pending={pending}
      pendingLabel={t("signingOut")}
      onClick={() => start(() => signOut({ callbackUrl: "/" }).then(() => undefined))}
    >
      {t("signOut")}
    </Button>
  );
}
