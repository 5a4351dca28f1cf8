/** Mutations of triggers: dropped, disabled, or without one of their events. */
import type { Client } from "pg";
import type { Mutation } from "./mutation";

const EVENTS = /BEFORE (.+) ON /;

export async function fromTriggers(client: Client): Promise<Mutation[]> {
  const { rows } = await client.query<{ name: string; table: string; definition: string }>(
    `SELECT tgname AS name, tgrelid::regclass::text AS "table", pg_get_triggerdef(t.oid) AS definition
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal ORDER BY 2, 1`,
  );
  return rows
    .flatMap(({ name, table, definition }) => {
      const drop = `DROP TRIGGER ${name} ON ${table}`;
      const events = EVENTS.exec(definition)?.[1]?.split(" OR ") ?? [];
      return [
        { name: `trigger ${name} dropped`, sql: drop },
        {
          name: `trigger ${name} disabled`,
          sql: `ALTER TABLE ${table} DISABLE TRIGGER ${name}`,
        },
        ...events.map((event) => {
          const others = events.filter((one) => one !== event).join(" OR ");
          return {
            name: `trigger ${name} not on ${event}`,
            sql: `${drop}; ${definition.replace(EVENTS, `BEFORE ${others} ON `)}`,
          };
        }),
      ];
    })
    .map((mutation) => ({ ...mutation, subject: "triggers" }));
}
