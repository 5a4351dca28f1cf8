import { getTranslations } from "@/app/translations";
import { categories } from "@/domain/listing/listing";

/** The categories as options; named on the server, so that phones do not load the messages. */
export async function categoryChoices() {
  const t = await getTranslations("category");
  return categories.map((value) => ({ value, label: t(value) }));
}
