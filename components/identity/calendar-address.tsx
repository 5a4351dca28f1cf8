"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { FormMessage } from "@/components/ui/form-message";

/** Creates, renews or deletes the private URL of the member's calendar; a new one is shown once. */
export function CalendarAddress({ isMade, site }: { isMade: boolean; site: string }) {
  const t = useTranslations("authForm.calendar");
  const trpc = useTRPC();
  const renew = useFormMutation(trpc.person.renewCalendar.mutationOptions());
  const stop = useFormMutation(trpc.person.stopCalendar.mutationOptions());
  const sentence = renew.sentence ?? stop.sentence;
  return (
    <div className="grid grid-cols-1 gap-4">
      {sentence && <FormMessage>{sentence}</FormMessage>}
      {renew.answer && isMade && (
        <CopyField
          key={renew.answer.token}
          label={t("address")}
          hint={t("hint")}
          value={`${site}/api/calendar/${renew.answer.token}.ics`}
        />
      )}
      <Actions>
        <Button
          variant="secondary"
          pending={renew.pending}
          pendingLabel={t("making")}
          onClick={() => renew.send()}
        >
          {t(isMade ? "renew" : "make")}
        </Button>
        {isMade && (
          <Button
            variant="quiet"
            pending={stop.pending}
            pendingLabel={t("making")}
            onClick={() => stop.send()}
          >
            {t("stop")}
          </Button>
        )}
      </Actions>
    </div>
  );
}
