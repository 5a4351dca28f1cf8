"use client";

import { signOut } from "next-auth/react";
import { useState, useTransition } from "react";
import { postToWorker } from "@/components/offline/post-to-worker";
import { unsubscribeBrowser } from "@/components/push/use-push";
import { useTranslations } from "@/components/translations";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";

/** Ends this session. */
export function SignOutButton() {
  const t = useTranslations("authForm");
  const [failed, setFailed] = useState(false);
  const [pending, start] = useTransition();
  const leave = async () => {
    setFailed(false);
    try {
      postToWorker({ kind: "forget" });
      // The server ends its side with the session, whether or not this succeeds.
      await unsubscribeBrowser().catch(() => undefined);
      await signOut({ callbackUrl: "/" });
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      {failed && <FormMessage>{t("refused.unreachable")}</FormMessage>}
      <Button
        variant="secondary"
        pending={pending}
        pendingLabel={t("signingOut")}
        onClick={() => start(leave)}
      >
        {t("signOut")}
      </Button>
    </>
  );
}
