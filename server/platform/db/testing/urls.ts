/** The URL of another database of the same server. */
export function databaseAt(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** The same URL with the application's restricted role. */
export function asApplication(url: string): string {
  const address = new URL(url);
  address.searchParams.set("options", "-c role=evenhour_app");
  return address.href;
}

/** AUTH_SECRET of the database tests. */
export const TEST_SECRET = "x".repeat(32);
