import { getTranslations } from "@/app/translations";
import { categories } from "@/domain/listing/listing";

/** The kinds of help as a list offers them; named on the server, so that phones load no catalogue. */
export async function categoryChoices() {
  const t = await getTranslations("category");
  return categories.map((value) => ({ value, label: t(value) }));
}
