"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy-field";
import { TextInput } from "@/components/ui/text-input";
import { invitationShape } from "@/domain/community/schema";
import { readForm } from "@/domain/kernel/form";

/** Creates an invitation and shows its link once: only a hash of it is stored. */
export function InviteForm({ community, joinAddress }: { community: string; joinAddress: string }) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields, answer, times } = useFormMutation(
    trpc.community.invite.mutationOptions(),
  );
  return (
    <div className="grid grid-cols-1 gap-6">
      <Form
        sentence={sentence}
        onSend={(data) => send({ community, ...readForm(invitationShape, data) })}
      >
        <TextInput
          // Resets the fields for the next invitation; the new link takes the focus.
          key={times}
          name="label"
          label={t("inviteFor")}
          hint={t("inviteForHint")}
          optional={form("optional")}
          error={fields.label}
        />
        <div className="grid gap-6 sm:grid-cols-2">
          <TextInput
            name="days"
            type="number"
            inputMode="numeric"
            min={1}
            max={365}
            label={t("inviteDays")}
            defaultValue="30"
            error={fields.days}
          />
          <TextInput
            name="maxUses"
            type="number"
            inputMode="numeric"
            min={1}
            max={1000}
            label={t("inviteUses")}
            defaultValue="1"
            error={fields.maxUses}
          />
        </div>
        <Actions>
          <Button type="submit" pending={pending} pendingLabel={form("sending")}>
            {t("invite")}
          </Button>
        </Actions>
      </Form>
      {answer && !pending && <InviteLink key={answer.id} link={`${joinAddress}/${answer.token}`} />}
    </div>
  );
}

function InviteLink({ link }: { link: string }) {
  const t = useTranslations("communityForm");
  return (
    <Card tone="lamp">
      <CopyField label={t("inviteLink")} hint={t("inviteLinkHint")} value={link} />
    </Card>
  );
}
