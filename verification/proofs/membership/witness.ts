/**
 * Triggers that record the state at the moment a decision changed. Whatever followed from the old
 * decision must have been committed by then.
 */
import { owner } from "../../../server/platform/db/testing/pools";
import { check } from "../proof";

/**
 * `deeds` counts everything that a member began, or others began with them. The steps of a running
 * exchange do not count, since an agreement can always be ended. `stood` holds what was seen at a change
 * of the joining rule, an invitation, a coordinator's name or a member's status.
 */
const WITNESS = `
  CREATE SCHEMA witness;
  CREATE TABLE witness.stood (community_id uuid, change text, id uuid, seen jsonb);
  CREATE FUNCTION witness.deeds(c uuid, m uuid) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object(
      'listings', (SELECT count(*) FROM listing WHERE community_id = c AND member_id = m),
      'exchanges', (SELECT count(*) FROM exchange
        WHERE community_id = c AND m IN (giver_id, receiver_id)),
      'notes', (SELECT count(*) FROM exchange_note WHERE community_id = c AND member_id = m),
      'thanks', (SELECT count(*) FROM thanks WHERE community_id = c AND from_member_id = m),
      'week', (SELECT count(*) FROM availability WHERE community_id = c AND member_id = m),
      'other days', (SELECT count(*) FROM availability_override WHERE community_id = c AND member_id = m),
      'searches', (SELECT count(*) FROM saved_search WHERE community_id = c AND member_id = m),
      'profile', (SELECT about FROM member WHERE community_id = c AND id = m),
      'invitations', (SELECT count(*) FROM invitation WHERE community_id = c AND created_by_id = m),
      'withdrawn invitations', (SELECT count(*) FROM invitation
        WHERE community_id = c AND created_by_id = m AND withdrawn_at IS NOT NULL),
      'vouches', (SELECT count(*) FROM vouch WHERE community_id = c AND by_id = m),
      'the community of a coordinator', (SELECT name || about || (SELECT count(*) FROM neighbourhood
        WHERE community_id = c) FROM community WHERE id = c),
      'communities founded', (SELECT count(*) FROM member founder JOIN member me USING (user_id)
        WHERE me.community_id = c AND me.id = m AND founder.number = 1)
    ) $$;
  CREATE FUNCTION witness.see() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF TG_TABLE_NAME = 'community' THEN
      INSERT INTO witness.stood VALUES (NEW.id, 'closed', NEW.id, to_jsonb(NEW.next_member_number));
    ELSIF TG_TABLE_NAME = 'invitation' THEN
      INSERT INTO witness.stood VALUES (NEW.community_id, 'withdrawn', NEW.id, to_jsonb(NEW.uses));
    ELSIF OLD.display_name <> NEW.display_name THEN
      INSERT INTO witness.stood SELECT id, 'renamed', NEW.id, to_jsonb(next_member_number)
        FROM community WHERE id = NEW.community_id;
    ELSE
      INSERT INTO witness.stood
        VALUES (NEW.community_id, 'left', NEW.id, witness.deeds(NEW.community_id, NEW.id));
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER witness AFTER UPDATE ON community FOR EACH ROW
    WHEN (OLD.joining = 'open' AND NEW.joining <> 'open') EXECUTE FUNCTION witness.see();
  CREATE TRIGGER witness AFTER UPDATE ON invitation FOR EACH ROW
    WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION witness.see();
  CREATE TRIGGER witness AFTER UPDATE ON member FOR EACH ROW
    WHEN ((OLD.role = 'coordinator' AND OLD.display_name <> NEW.display_name)
      OR (OLD.role = 'coordinator' AND NEW.role <> 'coordinator')
      OR (OLD.status IN ('active', 'paused') AND NEW.status NOT IN ('active', 'paused')))
    EXECUTE FUNCTION witness.see();`;

/** Violations. `$1` and `$2` are the maximum joins from an address and by an invitation. */
const RULES: Record<string, string> = {
  "joined without an invitation after the community was closed": `
    SELECT m.id FROM member m JOIN member_join j ON (j.community_id, j.member_id) = (m.community_id, m.id)
    JOIN witness.stood s ON s.community_id = m.community_id AND s.change = 'closed'
    WHERE j.invitation_id IS NULL AND m.number >= s.seen::int`,
  "an invitation was used after it was withdrawn": `
    SELECT i.id FROM invitation i JOIN witness.stood s ON s.change = 'withdrawn' AND s.id = i.id
    WHERE i.uses <> s.seen::int`,
  "an invitation has other uses than joins, or more than it may": `
    SELECT i.id FROM invitation i LEFT JOIN member_join j
      ON (j.community_id, j.invitation_id) = (i.community_id, i.id)
    GROUP BY i.community_id, i.id HAVING i.uses <> count(j.member_id) OR i.uses > i.max_uses`,
  "too many users joined at once from one address": `
    SELECT address_hash FROM member_join GROUP BY community_id, address_hash HAVING count(*) > $1`,
  "too many users joined at once by one invitation": `
    SELECT invitation_id FROM member_join WHERE invitation_id IS NOT NULL
    GROUP BY community_id, invitation_id HAVING count(*) > $2`,
  "a member joined under a coordinator's new name after it was taken": `
    SELECT m.id FROM member m JOIN witness.stood s ON s.community_id = m.community_id AND s.change = 'renamed'
    JOIN member c ON c.community_id = s.community_id AND c.id = s.id
    WHERE m.id <> c.id AND m.display_name = c.display_name AND m.number >= s.seen::int`,
  "a community's member numbers have a gap": `
    SELECT c.id FROM community c JOIN member m ON m.community_id = c.id
    GROUP BY c.id HAVING max(m.number) <> count(*) OR c.next_member_number <> count(*) + 1`,
  "a person is two members of one community": `
    SELECT user_id FROM member GROUP BY community_id, user_id HAVING count(*) > 1`,
  "a community has no fund, or a member no account": `
    SELECT m.id FROM member m WHERE NOT EXISTS (SELECT FROM account a
        WHERE (a.community_id, a.id, a.kind) = (m.community_id, m.id, 'member'))
    UNION ALL SELECT c.id FROM community c WHERE NOT EXISTS (SELECT FROM account a
        WHERE (a.community_id, a.id, a.kind) = (c.id, c.id, 'fund'))`,
  "a user created two communities of one name": `
    SELECT m.user_id FROM member m JOIN community c ON c.id = m.community_id WHERE m.number = 1
    GROUP BY m.user_id, c.name HAVING count(*) > 1`,
  "a member was welcomed twice, or without a member who vouches": `
    SELECT t.credit_account_id FROM transfer t LEFT JOIN vouch v
      ON (v.community_id, v.member_id) = (t.community_id, t.credit_account_id)
    WHERE t.kind = 'welcome' GROUP BY t.community_id, t.credit_account_id, v.member_id
    HAVING count(*) > 1 OR v.member_id IS NULL`,
  "a community that no member left has no coordinator": `
    SELECT c.id FROM community c WHERE NOT EXISTS (SELECT FROM member m
        WHERE m.community_id = c.id AND m.role = 'coordinator' AND m.status = 'active')
      AND NOT EXISTS (SELECT FROM witness.stood s WHERE s.community_id = c.id AND s.change = 'left')`,
};

export type Limits = { byAddress: number; byInvitation: number; invitations: number };

export const callWitness = () => owner().query(WITNESS);

/** @throws Violated with the rule that was violated */
export async function askWitness({ byAddress, byInvitation, invitations }: Limits): Promise<void> {
  const { rows } = await owner().query<{ change: string; before: string; after: string }>(
    `SELECT seen::text AS before, witness.deeds(community_id, id)::text AS after
     FROM witness.stood WHERE change = 'left' AND seen <> witness.deeds(community_id, id)`,
  );
  const [wrong] = rows;
  check(!wrong, `a member who left was still active: ${wrong?.before} became ${wrong?.after}`);
  for (const [rule, query] of Object.entries(RULES)) {
    const values = [byAddress, byInvitation].filter((_, index) => query.includes(`$${index + 1}`));
    const found = await owner().query(query.replace("$2", "$1"), values);
    check(found.rows.length === 0, `${rule}: ${JSON.stringify(found.rows[0])}`);
  }
  const crowded = await owner().query(
    `SELECT community_id FROM invitation WHERE withdrawn_at IS NULL AND expires_at > now()
       AND uses < max_uses GROUP BY community_id HAVING count(*) > $1`,
    [invitations],
  );
  check(crowded.rows.length === 0, "a community has more open invitations than permitted");
}
