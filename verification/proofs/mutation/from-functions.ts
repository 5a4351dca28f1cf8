/** Mutations of functions and views: conditions, locks, handlers and branches. */
import type { Client } from "pg";
import { weakenings } from "./conditions";
import type { Mutation } from "./mutation";
import {
  between,
  type Change,
  changed,
  cutAt,
  lineAt,
  regionAfter,
  says,
  tokensOf,
} from "./sql-text";

const CLAUSE_ENDS = new Set([
  ";",
  "THEN",
  "LOOP",
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "WINDOW",
  "FOR",
  "RETURNING",
  "UNION",
  "LEFT",
  "JOIN",
  "CONFLICT",
]);
const QUERY_ENDS = new Set([";", "LOOP", "ORDER"]);
const CLAMPS = new Set(["GREATEST", "LEAST", "COALESCE"]);

export async function fromFunctions(client: Client): Promise<Mutation[]> {
  const { rows: functions } = await client.query<{ name: string; whole: string; body: string }>(
    `SELECT proname AS name, pg_get_functiondef(oid) AS whole, prosrc AS body
     FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname`,
  );
  const { rows: views } = await client.query<{ name: string; body: string }>(
    `SELECT relname AS name, pg_get_viewdef(oid) AS body
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' ORDER BY relname`,
  );
  return [
    ...functions.flatMap(({ name, whole, body }) =>
      changesOf(body).map((change) => ({
        name: `${name}: line ${lineAt(body, change.at) - 1}: ${change.what}`,
        subject: name === "check_books" ? ("check" as const) : ("functions" as const),
        sql: whole.replace(body, () => changed(body, change)),
      })),
    ),
    ...views.flatMap(({ name, body }) =>
      changesOf(body).map((change) => ({
        name: `view ${name}: line ${lineAt(body, change.at)}: ${change.what}`,
        subject: "functions" as const,
        sql: `CREATE OR REPLACE VIEW ${name} WITH (security_invoker = true) AS ${changed(body, change)}`,
      })),
    ),
  ];
}

/** Every change of a body that removes or weakens something. */
export function changesOf(body: string): Change[] {
  return [
    ...refusals(body),
    ...clauses(body),
    ...locks(body),
    ...handlers(body),
    ...branches(body),
    ...clamps(body),
  ];
}

/** IF … THEN, and each RAISE outside an IF. */
function refusals(body: string): Change[] {
  const tokens = tokensOf(body);
  const raisedIn: (boolean | "handler")[] = [];
  return tokens.flatMap((token, index): Change[] => {
    const word = token.text.toUpperCase();
    const before = tokens[index - 1]?.text.toUpperCase();
    if (word === "IF" && before === "END") raisedIn.pop();
    else if (word === "WHEN") raisedIn.push("handler");
    else if (word === "RAISE" && raisedIn.length === 0) {
      const statement = [token, ...regionAfter(tokens, index, new Set([";"]))];
      const end = statement.at(-1)?.end ?? token.end;
      return [{ what: "RAISE removed", at: token.start, end, to: "RETURN NULL" }];
    } else if (word === "IF") {
      raisedIn.push(true);
      const condition = regionAfter(tokens, index, new Set(["THEN"]));
      const then = tokens.indexOf(condition.at(-1) ?? token) + 2;
      const raises = says(tokens, then, "RAISE");
      const code = /EH\d{3}/.exec(body.slice(tokens[then]?.start))?.[0];
      const whole = { at: condition[0]?.start ?? 0, end: condition.at(-1)?.end ?? 0 };
      const text = between(body, condition).replace(/\s+/g, " ");
      return [
        {
          what: raises ? `RAISE ${code} removed (if ${text})` : `IF ${text} never`,
          ...whole,
          to: "false",
        },
        ...(raises ? [] : [{ what: `IF ${text} always`, ...whole, to: "true" }]),
        ...weakenings(body, condition, "refuses"),
      ];
    }
    return [];
  });
}

/** WHERE and ON. */
function clauses(body: string): Change[] {
  const tokens = tokensOf(body);
  return tokens.flatMap((_, index): Change[] => {
    const isClause = says(tokens, index, "WHERE") || says(tokens, index, "ON");
    if (!isClause || says(tokens, index + 1, "CONFLICT")) return [];
    return weakenings(body, regionAfter(tokens, index, CLAUSE_ENDS), "allows");
  });
}

/** Locks removed or taken in reverse order; ON CONFLICT removed. */
function locks(body: string): Change[] {
  const tokens = tokensOf(body);
  return tokens.flatMap(({ start, end: ownEnd }, index): Change[] => {
    const strength = [
      ["FOR", "NO", "KEY", "UPDATE"],
      ["FOR", "UPDATE"],
      ["FOR", "SHARE"],
    ].find((words) => says(tokens, index, ...words));
    if (strength) {
      const end = tokens[index + strength.length - 1]?.end ?? ownEnd;
      const ordered = says(tokens, index - 3, "ORDER", "BY");
      const reversed = { what: "locks in descending order", at: start, end: start, to: "DESC " };
      const removed = { what: `${strength.join(" ")} removed`, at: start, end, to: "" };
      return ordered ? [removed, reversed] : [removed];
    }
    if (says(tokens, index, "ON", "CONFLICT")) {
      const end = regionAfter(tokens, index, new Set([";"])).at(-1)?.end ?? ownEnd;
      return [{ what: "ON CONFLICT removed", at: start, end, to: "" }];
    }
    return [];
  });
}

/** EXCEPTION WHEN … up to the END of its block. */
function handlers(body: string): Change[] {
  const tokens = tokensOf(body);
  return tokens.flatMap((token, index): Change[] => {
    if (!says(tokens, index, "EXCEPTION", "WHEN")) return [];
    const end = tokens.slice(index).find(({ text }) => text.toUpperCase() === "END")?.start;
    const what = `EXCEPTION WHEN ${tokens[index + 2]?.text} removed`;
    return [{ what, at: token.start, end: end ?? token.end, to: "" }];
  });
}

/** Each branch of a UNION removed. */
function branches(body: string): Change[] {
  const tokens = tokensOf(body);
  const firsts = tokens.flatMap((token, index) => {
    if (!says(tokens, index, "SELECT")) return [];
    const query = [token, ...regionAfter(tokens, index, QUERY_ENDS)];
    const isContinued = says(tokens, index - 1, "UNION") || says(tokens, index - 2, "UNION", "ALL");
    return isContinued ? [] : [query];
  });
  return firsts.flatMap((query) => {
    const depth = query[0]?.depth ?? 0;
    const isUnion = ({ text, depth: deep }: { text: string; depth: number }) =>
      deep === depth && text.toUpperCase() === "UNION";
    const parts = cutAt(query, isUnion);
    if (parts.length < 2) return [];
    return parts.map((part, index): Change => {
      const selected = part.filter(({ text }) => text.toUpperCase() !== "ALL");
      const text = between(body, selected);
      const said = /'([^']+)'/.exec(text)?.[1];
      const at = selected[0]?.start ?? 0;
      return {
        what: `branch ${index + 1} of UNION removed${said ? ` (${said})` : ""}`,
        at,
        end: selected.at(-1)?.end ?? at,
        // Made empty rather than removed: the first branch names the columns.
        to: `SELECT * FROM (${text}) AS gone WHERE false`,
      };
    });
  });
}

/** greatest, least and coalesce reduced to each of their arguments. */
function clamps(body: string): Change[] {
  const tokens = tokensOf(body);
  return tokens.flatMap((token, index): Change[] => {
    if (!CLAMPS.has(token.text.toUpperCase()) || tokens[index + 1]?.text !== "(") return [];
    const inside = regionAfter(tokens, index + 1, new Set([")"]));
    const end = tokens[tokens.indexOf(inside.at(-1) ?? token) + 1]?.end ?? token.end;
    const whole = body.slice(token.start, end);
    return cutAt(inside, ({ text, depth }) => text === "," && depth === inside[0]?.depth).map(
      (part) => {
        const only = between(body, part);
        return { what: `${whole} made ${only}`, at: token.start, end, to: `(${only})` };
      },
    );
  });
}
