/** Mutations of triggers: dropped, disabled, without an event, without a column, or without their condition. */
import type { Client } from "pg";
import type { Mutation } from "./mutation";

const EVENTS = /BEFORE (.+) ON /;
const COLUMNS = /UPDATE OF ([^)]+?)(?= OR | ON )/;
const CONDITION = / WHEN \(.+\) EXECUTE/;

const without = (all: string[], one: string) => all.filter((each) => each !== one);

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
      const columns = COLUMNS.exec(definition)?.[1]?.split(", ") ?? [];
      return [
        { name: `trigger ${name} dropped`, sql: drop },
        {
          name: `trigger ${name} disabled`,
          sql: `ALTER TABLE ${table} DISABLE TRIGGER ${name}`,
        },
        // Without its only event it would be dropped.
        ...(events.length > 1 ? events : []).map((event) => ({
          name: `trigger ${name} not on ${event}`,
          sql: `${drop}; ${definition.replace(EVENTS, `BEFORE ${without(events, event).join(" OR ")} ON `)}`,
        })),
        ...(columns.length > 1 ? columns : []).map((column) => ({
          name: `trigger ${name} not on an update of ${column}`,
          sql: `${drop}; ${definition.replace(COLUMNS, `UPDATE OF ${without(columns, column).join(", ")}`)}`,
        })),
        ...(CONDITION.test(definition)
          ? [
              {
                name: `trigger ${name} without its condition`,
                sql: `${drop}; ${definition.replace(CONDITION, " EXECUTE")}`,
              },
            ]
          : []),
      ];
    })
    .map((mutation) => ({ ...mutation, subject: "triggers" }));
}
