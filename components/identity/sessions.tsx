"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormMessage } from "@/components/ui/form-message";
import { List, ListRow } from "@/components/ui/list";

/** A signed-in device in words. */
export type Device = { id: string; name: string; lastSeen: string; isThis: boolean };

/** The devices where I am signed in; each can be ended, and all others at once. */
export function Sessions({ devices }: { devices: readonly Device[] }) {
  const t = useTranslations("authForm");
  const trpc = useTRPC();
  const others = useFormMutation(trpc.person.endOtherSessions.mutationOptions());
  return (
    <div className="grid grid-cols-1 gap-4">
      {others.sentence && <FormMessage>{others.sentence}</FormMessage>}
      <List label={t("devices")}>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </List>
      {devices.length > 1 && (
        <div className="flex flex-wrap">
          <ConfirmButton
            question={t("endOthersQuestion")}
            confirmLabel={t("endOthersSend")}
            cancelLabel={t("back")}
            pending={others.pending}
            pendingLabel={t("ending")}
            onConfirm={() => others.send()}
          >
            {t("endOthers")}
          </ConfirmButton>
        </div>
      )}
    </div>
  );
}

function DeviceRow({ device: { id, name, lastSeen, isThis } }: { device: Device }) {
  const t = useTranslations("authForm");
  const trpc = useTRPC();
  const end = useFormMutation(trpc.person.endSession.mutationOptions());
  return (
    <ListRow
      title={name}
      detail={end.sentence ?? lastSeen}
      end={isThis && <Badge tone="good">{t("thisDevice")}</Badge>}
      actions={
        !isThis && (
          <Button
            variant="secondary"
            pending={end.pending}
            pendingLabel={t("ending")}
            onClick={() => end.send({ id })}
          >
            {t("endDevice")}
          </Button>
        )
      }
    />
  );
}
