-- Returns every violation in the books of one community, or of all; no rows when the books are right.
CREATE OR REPLACE FUNCTION check_books(p_community uuid DEFAULT NULL)
RETURNS TABLE (community_id uuid, violation text, subject uuid, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH
  a AS (SELECT * FROM account WHERE p_community IS NULL OR account.community_id = p_community),
  t AS (SELECT * FROM transfer WHERE p_community IS NULL OR transfer.community_id = p_community),
  h AS (SELECT * FROM hold WHERE p_community IS NULL OR hold.community_id = p_community),
  line AS (
    SELECT t.community_id, debit_account_id AS account_id, debit_version AS version,
      -minutes AS minutes, debit_balance AS balance, id FROM t
    UNION ALL
    SELECT t.community_id, credit_account_id, credit_version, minutes, credit_balance, id FROM t
  ),
  replay AS (
    SELECT line.*,
      row_number() OVER w AS expected_version,
      sum(minutes) OVER w AS expected_balance
    FROM line
    WINDOW w AS (PARTITION BY line.community_id, account_id ORDER BY version, id)
  ),
  final AS (
    SELECT line.community_id, account_id, count(*) AS version, sum(minutes) AS balance
    FROM line GROUP BY 1, 2
  ),
  helped AS (
    SELECT line.community_id, account_id,
      sum(greatest(line.minutes, 0)) AS given, sum(greatest(-line.minutes, 0)) AS received
    FROM line JOIN t ON t.community_id = line.community_id AND t.id = line.id
    WHERE t.kind = 'exchange' AND NOT EXISTS (
      SELECT 1 FROM t AS undo WHERE undo.community_id = t.community_id AND undo.reverses_id = t.id
    )
    GROUP BY 1, 2
  ),
  promised AS (
    SELECT h.community_id, account_id, sum(minutes) AS held
    FROM h WHERE status = 'open' GROUP BY 1, 2
  ),
  decided AS (
    SELECT DISTINCT ON (d.community_id, member_id) d.community_id, member_id, d.floor, d.ceiling
    FROM limit_decision AS d JOIN a ON a.community_id = d.community_id AND a.id = d.member_id
    ORDER BY d.community_id, member_id, d.version DESC
  )
  SELECT a.community_id, 'sum is not zero', NULL::uuid, sum(balance)::text
  FROM a GROUP BY 1 HAVING sum(balance) <> 0
  UNION ALL
  SELECT replay.community_id, 'version has a gap', account_id, version || ' for ' || expected_version
  FROM replay WHERE version <> expected_version
  UNION ALL
  SELECT replay.community_id, 'balance of a line does not follow', account_id,
    'version ' || version || ': ' || balance || ' for ' || expected_balance
  FROM replay WHERE balance <> expected_balance
  UNION ALL
  SELECT a.community_id, 'account differs from its lines', a.id,
    a.balance || ' v' || a.version || ' for ' || coalesce(f.balance, 0) || ' v' || coalesce(f.version, 0)
  FROM a LEFT JOIN final f ON f.community_id = a.community_id AND f.account_id = a.id
  WHERE a.balance <> coalesce(f.balance, 0) OR a.version <> coalesce(f.version, 0)
  UNION ALL
  SELECT f.community_id, 'lines without an account', f.account_id, f.version::text
  FROM final f LEFT JOIN a ON a.community_id = f.community_id AND a.id = f.account_id
  WHERE a.id IS NULL
  UNION ALL
  SELECT a.community_id, 'held differs from open holds', a.id, a.held || ' for ' || coalesce(p.held, 0)
  FROM a LEFT JOIN promised p ON p.community_id = a.community_id AND p.account_id = a.id
  WHERE a.held <> coalesce(p.held, 0)
  UNION ALL
  SELECT a.community_id, 'given or received differs from the lines', a.id,
    a.given || ' and ' || a.received || ' for '
      || coalesce(g.given, 0) || ' and ' || coalesce(g.received, 0)
  FROM a LEFT JOIN helped g ON g.community_id = a.community_id AND g.account_id = a.id
  WHERE a.given <> coalesce(g.given, 0) OR a.received <> coalesce(g.received, 0)
  UNION ALL
  SELECT h.community_id, 'hold and transfer disagree', h.exchange_id, h.status::text
  FROM h LEFT JOIN t ON t.community_id = h.community_id AND t.exchange_id = h.exchange_id
  WHERE (h.status = 'settled') <> (t.id IS NOT NULL AND t.debit_account_id = h.account_id)
  UNION ALL
  SELECT h.community_id, 'hold is open without an agreement', h.exchange_id, e.status::text
  FROM h JOIN exchange e ON e.community_id = h.community_id AND e.id = h.exchange_id
  WHERE h.status = 'open'
    AND e.status NOT IN ('agreed', 'reported', 'disputed')
  UNION ALL
  SELECT e.community_id, 'agreed help is not held', e.id, e.minutes::text
  FROM exchange e
  WHERE (p_community IS NULL OR e.community_id = p_community)
    AND e.agreed_at IS NOT NULL AND e.status IN ('agreed', 'reported', 'disputed')
    AND NOT EXISTS (
      SELECT FROM h WHERE h.community_id = e.community_id AND h.exchange_id = e.id
        AND h.account_id = e.receiver_id AND h.minutes = e.minutes AND h.status = 'open'
    )
  UNION ALL
  SELECT t.community_id, 'transfer is malformed', t.id, t.minutes::text
  FROM t WHERE minutes NOT BETWEEN 1 AND 60000 OR debit_account_id = credit_account_id
    OR (kind = 'reversal') <> (reverses_id IS NOT NULL)
    OR (kind = 'exchange') <> (exchange_id IS NOT NULL)
  UNION ALL
  SELECT t.community_id, 'transfer has the id of an account', t.id, t.kind::text
  FROM t JOIN a ON a.community_id = t.community_id AND a.id = t.id
  WHERE t.kind <> 'welcome'
  UNION ALL
  SELECT t.community_id, 'reversal is no mirror', t.id, t.reverses_id::text
  FROM t LEFT JOIN t AS old ON old.community_id = t.community_id AND old.id = t.reverses_id
  WHERE t.reverses_id IS NOT NULL AND (
    old.id IS NULL OR old.kind = 'reversal' OR old.minutes <> t.minutes
    OR old.debit_account_id <> t.credit_account_id OR old.credit_account_id <> t.debit_account_id
  )
  UNION ALL
  SELECT e.community_id, 'exchange and transfer disagree', e.id, e.status::text
  FROM exchange e LEFT JOIN t ON t.community_id = e.community_id AND t.exchange_id = e.id
  WHERE (p_community IS NULL OR e.community_id = p_community) AND (
    (e.status = 'settled') <> (t.id IS NOT NULL)
    OR t.debit_account_id <> e.receiver_id OR t.credit_account_id <> e.giver_id
  )
  UNION ALL
  SELECT t.community_id, 'welcome credit without authority', t.id, t.minutes::text
  FROM t LEFT JOIN vouch AS v ON v.community_id = t.community_id AND v.member_id = t.id
  WHERE t.kind = 'welcome' AND (
    t.debit_account_id <> t.community_id OR t.credit_account_id <> t.id OR v.member_id IS NULL
  )
  UNION ALL
  SELECT t.community_id, 'exchange settled without authority', t.id, t.minutes::text
  FROM t
  WHERE t.kind = 'exchange' AND settlement_event(
    t.community_id, t.exchange_id, t.credit_account_id, t.debit_account_id, t.minutes, t.event_version
  ) IS NULL
  UNION ALL
  SELECT t.community_id, 'reversal without authority', t.id, t.reverses_id::text
  FROM t JOIN t AS old ON old.community_id = t.community_id AND old.id = t.reverses_id
  WHERE NOT EXISTS (
    SELECT FROM exchange_event AS undone
    WHERE undone.community_id = t.community_id AND undone.exchange_id = old.exchange_id
      AND undone.exchange_id = t.event_exchange_id AND undone.version = t.event_version
      AND undone.kind IN ('reversed', 'returned')
  )
  UNION ALL
  SELECT a.community_id, 'limits without authority', a.id,
    coalesce(a.floor::text, '-') || ' and ' || coalesce(a.ceiling::text, '-')
  FROM a LEFT JOIN decided AS d ON d.community_id = a.community_id AND d.member_id = a.id
  WHERE a.floor IS DISTINCT FROM d.floor OR a.ceiling IS DISTINCT FROM d.ceiling
  UNION ALL
  SELECT a.community_id, 'vouched for without authority', a.id, coalesce(a.vouched_at::text, '-')
  FROM a LEFT JOIN vouch AS v ON v.community_id = a.community_id AND v.member_id = a.id
  WHERE a.vouched_at IS DISTINCT FROM v.at
$$;
