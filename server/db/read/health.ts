import { db } from "../client";

/** Whether the database answers within two seconds. */
export async function isDatabaseUp(): Promise<boolean> {
  const late = new Promise<false>((answer) => setTimeout(() => answer(false), 2000).unref());
  const asked = db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}
