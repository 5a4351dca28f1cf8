/** Upgrades a reachable database and creates the application's login. */
import { backupBeforeUpgrade } from "../../server/backup/before-upgrade";
import { backupFolder } from "../../server/backup/nightly-state";
import { provideAppLogin } from "../../server/platform/db/app-login";
import { migrate } from "../../server/platform/db/migrate";
import { MigrationError } from "../../server/platform/db/migration-error";
import { env, setAppDatabaseUrl } from "../../server/platform/env";
import { UserFacingError } from "./user-facing-error";
import { userMessage } from "./user-message";

type Say = (line: string) => void;

/**
 * Upgrades the database, after a backup when it is in use, and creates a login for the application, which it
 * uses from then on.
 * @param ownerUrl the database URL of the owner
 * @throws UserFacingError when the upgrade fails
 */
export async function prepareDatabase(ownerUrl: string, say: Say): Promise<void> {
  await bringUpToDate(ownerUrl, say);
  await provideLogin(ownerUrl, say);
}

async function bringUpToDate(ownerUrl: string, say: Say): Promise<void> {
  const { EVENHOUR_UPGRADE_BACKUP, ...variables } = env();
  let backup = "";
  const beforeUpgrade = async (pending: string[]) => {
    if (!EVENHOUR_UPGRADE_BACKUP) return say("No backup before the upgrade: it is switched off.");
    say("Taking a backup before the upgrade…");
    backup = await backupBeforeUpgrade(ownerUrl, backupFolder(variables), pending, new Date());
    say(`The backup from before the upgrade is ${backup}.`);
  };
  try {
    const applied = await migrate(ownerUrl, { beforeUpgrade });
    if (applied.length > 0) say(`Database brought up to date (${applied.length} steps).`);
  } catch (error) {
    const message = userMessage(error) ?? `The database could not be brought up to date: ${error}`;
    const isAfterBackup = error instanceof MigrationError && backup;
    throw new UserFacingError(isAfterBackup ? `${message} It is ${backup}.` : message);
  }
}

/** Does nothing when the operator has set APP_DATABASE_URL. */
async function provideLogin(ownerUrl: string, say: Say): Promise<void> {
  const { APP_DATABASE_URL, AUTH_SECRET } = env();
  if (APP_DATABASE_URL) return;
  try {
    setAppDatabaseUrl(await provideAppLogin(ownerUrl, AUTH_SECRET));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(
      `The application has no database login of its own and uses the owner's (${reason}): let the user of DATABASE_URL create roles, or set APP_DATABASE_URL.`,
    );
  }
}
