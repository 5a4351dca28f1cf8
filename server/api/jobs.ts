import { Logger, run, type TaskList } from "graphile-worker";
import { Pool } from "pg";
import { z } from "zod";
import { nightlyBackup } from "../backup/nightly";
import { deleteOldJoins } from "../community/join-community";
import { readMaintenance, warningsOf } from "../community/maintenance";
import { processDueExchange } from "../exchange/process-due";
import { remindOfVisit } from "../exchange/remind-of-visit";
import { deleteOldNotifications } from "../notification/commands";
import { deliverNotifications } from "../notification/deliver";
import { sendDigests } from "../notification/digest";
import { countMailFailure } from "../notification/mail-failures";
import { notificationSubject } from "../notification/subject";
import { env } from "../platform/env";
import { watchQueue } from "../platform/jobs/queue";
import { log } from "../platform/log";
import { deleteOldMails, sendMail } from "../platform/mail/send-mail";
import { deleteOldRates } from "../platform/rate-limit";
import { deleteOldPushes } from "../push/commands";
import { sendPush } from "../push/send-push";
import { keepBoundingClock } from "./clock";

const exchangeDue = z.object({ communityId: z.uuid(), exchangeId: z.uuid() });
const deliveryDue = z.object({ communityId: z.uuid(), subject: notificationSubject });
const pushDue = z.object({ communityId: z.uuid(), pushId: z.uuid() });
const mailDue = z.object({ mailId: z.uuid() });

/** Each task validates its payload and calls a use case. */
const tasks: TaskList = {
  "exchange-due": (payload) => processDueExchange(exchangeDue.parse(payload), new Date()),
  "deliver-notifications": (payload) =>
    deliverNotifications(deliveryDue.parse(payload), new Date()),
  "remind-of-visit": (payload) => remindOfVisit(exchangeDue.parse(payload), new Date()),
  "send-mail": (payload) =>
    sendMail(mailDue.parse(payload), new Date(), {
      onRefused: (tx, recipient) => countMailFailure(tx, recipient, new Date()),
    }),
  "send-digests": () => sendDigests(new Date()),
  "send-push": (payload) => sendPush(pushDue.parse(payload), new Date()),
  "nightly-backup": () => nightlyBackup(new Date()),
  "warn-of-upkeep": async () => {
    for (const warning of warningsOf(await readMaintenance(new Date())))
      log.warn("upkeep", warning);
  },
  "sweep-rates": () => deleteOldRates(new Date()),
  "sweep-mails": () => deleteOldMails(new Date()),
  "sweep-pushes": () => deleteOldPushes(new Date()),
  "sweep-joins": () => deleteOldJoins(new Date()),
  "sweep-notifications": () => deleteOldNotifications(new Date()),
};

/** graphile-worker's lines: what failed, and at the level debug each job that was done. */
const logger = new Logger(() => (level, message) => {
  if (level === "error") log.error("jobs", message);
  else if (level === "warning") log.warn("jobs", message);
  else if (level === "info") log.debug("jobs", message);
});

/**
 * Runs the jobs until stopped. The queue is in a schema that the application's role cannot reach,
 * so graphile-worker connects as the owner; the tasks connect as the application.
 */
export async function startWorker(): Promise<{ stop: () => Promise<void> }> {
  const owner = new Pool({ connectionString: env().DATABASE_URL, max: 1 });
  owner.on("error", (error) => log.error("jobs", error.message));
  const stopBounding = await keepBoundingClock(owner);
  const runner = await run({
    connectionString: env().DATABASE_URL,
    taskList: tasks,
    // A backup missed at night is made up for within a day.
    crontab: [
      "17 3 * * * sweep-rates",
      "23 3 * * * sweep-mails",
      "23 3 * * * sweep-pushes",
      "23 3 * * * sweep-joins",
      "23 3 * * * sweep-notifications",
      "7 * * * * send-digests",
      "41 2 * * * nightly-backup ?fill=1d&max=3",
      "11 9 * * * warn-of-upkeep",
    ].join("\n"),
    concurrency: 2,
    noHandleSignals: true,
    logger,
    pollInterval: 2000,
  });
  const stopWatching = await watchQueue(owner);
  // An outage of the database must not end the application; the runner reconnects.
  runner.promise.catch((error: unknown) => log.error("jobs", error));
  return {
    stop: async () => {
      stopWatching();
      await runner.stop();
      stopBounding();
      await owner.end();
    },
  };
}
