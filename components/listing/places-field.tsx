"use client";

import { useId } from "react";
import { useTranslations } from "@/components/translations";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldGroup } from "@/components/ui/field";
import { type Place, places } from "@/domain/listing/listing";

/** Where help can happen; one or several. */
export function PlacesField({
  defaultPlaces,
  error,
}: {
  defaultPlaces: readonly Place[];
  error: string | undefined;
}) {
  const t = useTranslations("listingForm");
  const id = useId();
  return (
    <FieldGroup id={id} label={t("where")} hint={t("whereHint")} error={error}>
      <div className="grid sm:grid-cols-2">
        {places.map((place) => (
          <Checkbox
            key={place}
            name="places"
            value={place}
            label={t(`place.${place}`)}
            defaultChecked={defaultPlaces.includes(place)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
