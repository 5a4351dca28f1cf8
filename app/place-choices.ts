import { getLocale } from "next-intl/server";
import {
  allRegions,
  allTimeZones,
  collatorOf,
  nameOf,
  regionsByZone,
} from "@/domain/kernel/region";

/** Time zones and regions as options; named on the server, so that phones load no tables. */
export async function placeChoices() {
  const tag = await getLocale();
  const regions = allRegions().map((value) => ({ value, label: nameOf("region", value, tag) }));
  const { compare } = collatorOf(tag);
  return {
    timeZones: allTimeZones(),
    regions: regions.sort((a, b) => compare(a.label, b.label)),
    regionsByZone: Object.fromEntries(regionsByZone()),
  };
}
