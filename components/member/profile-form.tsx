"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { type Outputs, useTRPC } from "@/components/trpc";
import { Actions, Button, LinkButton } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { getText, readForm } from "@/domain/kernel/form";
import { profileShape } from "@/domain/member/schema";
import type { MapTiles } from "@/domain/place/map";
import type { Neighbourhood } from "@/domain/place/neighbourhood";
import { LocationFields } from "./location-fields";

/** Languages as people list them, by commas of any script or line by line. */
const readList = (text: string): string[] =>
  text
    .split(/[,;،、\n]/u)
    .map((each) => each.trim())
    .filter(Boolean);

/** Changes how I show myself; then my page shows it. */
export function ProfileForm({
  community,
  me,
  neighbourhoods,
  map,
  next,
}: {
  community: string;
  me: Outputs["community"]["here"]["me"];
  neighbourhoods: readonly Neighbourhood[];
  map: MapTiles | null;
  /** Where to go afterwards; my page when left out. */
  next?: string;
}) {
  const t = useTranslations("memberForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const [where, setWhere] = useState({ neighbourhood: me.neighbourhood, point: me.point });
  const page = `/${community}/members/${me.id}`;
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.member.updateProfile.mutationOptions(),
    {
      to: () => next ?? page,
    },
  );
  return (
    <Form
      sentence={sentence}
      onSend={(data) =>
        send({
          ...readForm(profileShape, data),
          community,
          languages: readList(getText(data, "languages")),
          ...where,
        })
      }
    >
      <TextInput
        name="displayName"
        label={t("displayName")}
        hint={t("displayNameHint")}
        autoComplete="name"
        defaultValue={me.displayName}
        error={fields.displayName}
      />
      <TextArea
        name="about"
        label={t("about")}
        hint={t("aboutHint")}
        optional={form("optional")}
        rows={5}
        defaultValue={me.about}
        error={fields.about}
      />
      <TextInput
        name="languages"
        label={t("languages")}
        hint={t("languagesHint")}
        optional={form("optional")}
        defaultValue={me.languages.join(", ")}
        error={fields.languages}
      />
      <LocationFields
        known={me}
        neighbourhoods={neighbourhoods}
        map={map}
        where={where}
        onChange={setWhere}
        error={fields.neighbourhood}
      />
      <TextArea
        name="contact"
        label={t("contact")}
        hint={t("contactHint")}
        optional={form("optional")}
        rows={3}
        defaultValue={me.contact}
        error={fields.contact}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {form("save")}
        </Button>
        <LinkButton href={page} variant="quiet">
          {form("cancel")}
        </LinkButton>
      </Actions>
    </Form>
  );
}
