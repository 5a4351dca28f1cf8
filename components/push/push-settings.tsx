"use client";

import { useState } from "react";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Badge } from "@/components/ui/badge";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { List, ListRow } from "@/components/ui/list";
import { RadioCards } from "@/components/ui/radio-cards";
import { unsubscribeBrowser, usePush } from "./use-push";

/** A device that shows notifications, in words. */
export type PushDevice = {
  id: string;
  name: string;
  /** Null when nothing was sent to it so far. */
  lastSent: string | null;
  isThis: boolean;
  fullText: boolean;
};

type Text = "neutral" | "full";

/** Switches notifications on and off on this device, and lists the others. */
export function PushSettings({
  publicKey,
  devices,
}: {
  publicKey: string;
  devices: readonly PushDevice[];
}) {
  const t = useTranslations("pushForm");
  const trpc = useTRPC();
  const [text, setText] = useState<Text>("neutral");
  const [problem, setProblem] = useState<"refused" | "failed" | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { state, check, subscribe } = usePush(publicKey);
  const own = devices.find(({ isThis }) => isThis);
  const done = { done: () => void check() };
  const turnOn = useFormMutation(trpc.push.subscribe.mutationOptions(), done);
  const turnOff = useFormMutation(trpc.push.unsubscribe.mutationOptions(), done);
  const choose = useFormMutation(trpc.push.chooseText.mutationOptions());
  const isOn = state === "on" && own !== undefined;
  const shown = state === "on" && !own ? "off" : state;

  const start = async () => {
    setProblem(null);
    setAsking(true);
    try {
      const made = await subscribe();
      if (made) turnOn.send({ ...made, fullText: text === "full" });
      else setProblem("refused");
    } catch {
      setProblem("failed");
    }
    setAsking(false);
  };
  const stop = async () => {
    await unsubscribeBrowser().catch(() => undefined);
    if (own) turnOff.send({ id: own.id });
  };
  const sentence =
    turnOn.sentence ?? turnOff.sentence ?? choose.sentence ?? (problem && t(problem));
  const chosen = own ? (own.fullText ? "full" : "neutral") : text;
  return (
    <div className="grid grid-cols-1 gap-4">
      {sentence && <FormMessage>{sentence}</FormMessage>}
      <p role="status">{t(shown)}</p>
      {(shown === "off" || shown === "on") && (
        <>
          <RadioCards<Text>
            label={t("text")}
            hint={t("textHint")}
            name="text"
            value={chosen}
            onChange={(value) => {
              setText(value);
              if (own) choose.send({ id: own.id, fullText: value === "full" });
            }}
            options={[
              { value: "neutral", label: t("neutral") },
              { value: "full", label: t("full") },
            ]}
          />
          <Actions>
            {isOn ? (
              <Button
                variant="secondary"
                pending={turnOff.pending}
                pendingLabel={t("turningOff")}
                onClick={stop}
              >
                {t("turnOff")}
              </Button>
            ) : (
              <Button
                variant="secondary"
                pending={isAsking || turnOn.pending}
                pendingLabel={t("turningOn")}
                onClick={start}
              >
                {t("turnOn")}
              </Button>
            )}
          </Actions>
        </>
      )}
      {devices.length > 0 && (
        <List label={t("devices")}>
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </List>
      )}
    </div>
  );
}

function DeviceRow({ device: { id, name, lastSent, isThis } }: { device: PushDevice }) {
  const t = useTranslations("pushForm");
  const trpc = useTRPC();
  const remove = useFormMutation(trpc.push.unsubscribe.mutationOptions());
  const sent = lastSent === null ? t("never") : t("lastSent", { when: lastSent });
  return (
    <ListRow
      title={name}
      detail={remove.sentence ?? sent}
      end={isThis && <Badge tone="good">{t("thisDevice")}</Badge>}
      actions={
        !isThis && (
          <Button
            variant="secondary"
            pending={remove.pending}
            pendingLabel={t("removing")}
            onClick={() => remove.send({ id })}
          >
            {t("remove")}
          </Button>
        )
      }
    />
  );
}
