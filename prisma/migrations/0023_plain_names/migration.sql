-- Names in the field's own terms. Nothing is computed anew: columns, functions and kinds of events get
-- other names, and the functions that mention them are copies of prisma/sql/*.sql.

ALTER TABLE exchange RENAME COLUMN last_by_id TO pending_by_id;
ALTER TABLE exchange RENAME COLUMN shares_time TO overlap_exempt;
ALTER TABLE exchange RENAME CONSTRAINT exchange_last_by_side TO exchange_pending_by_side;
ALTER TABLE "user" RENAME COLUMN proven_at TO email_verified_at;

ALTER TABLE day_exception RENAME TO availability_override;
ALTER TABLE availability_override RENAME CONSTRAINT day_exception_pkey TO availability_override_pkey;
ALTER TABLE availability_override RENAME CONSTRAINT day_exception_days_check TO availability_override_days_check;
ALTER TABLE availability_override RENAME CONSTRAINT day_exception_span_check TO availability_override_span_check;
ALTER TABLE availability_override
  RENAME CONSTRAINT day_exception_community_id_member_id_fkey TO availability_override_community_id_member_id_fkey;
ALTER INDEX day_exception_community_id_member_id_last_day_idx
  RENAME TO availability_override_community_id_member_id_last_day_idx;

-- The application may not change an event; this one time the owner renames kinds, and nothing else.
UPDATE exchange_event SET kind = CASE kind
  WHEN 'awarded' THEN 'resolvedWithHours'
  WHEN 'annulled' THEN 'resolvedWithoutHours'
  WHEN 'missed' THEN 'notHappened'
  WHEN 'rescheduleAsked' THEN 'rescheduleRequested'
  WHEN 'rescheduleDropped' THEN 'rescheduleCancelled'
  WHEN 'settledByTime' THEN 'settledAutomatically'
END
WHERE kind IN ('awarded', 'annulled', 'missed', 'rescheduleAsked', 'rescheduleDropped', 'settledByTime');

ALTER FUNCTION settling_word(uuid, uuid, uuid, uuid, integer, integer) RENAME TO settlement_event;
ALTER FUNCTION fold(text) RENAME TO fold_text;
ALTER FUNCTION fold_all(text[]) RENAME TO fold_texts;
ALTER FUNCTION tidy(text, text) RENAME TO normalize_text;
ALTER FUNCTION spelled_out(text) RENAME TO transliterate;
ALTER FUNCTION words_of(text, text) RENAME TO split_words;
ALTER FUNCTION query_of(text, text, text[], boolean) RENAME TO words_query;
ALTER FUNCTION give_member_words() RENAME TO member_push_words;
ALTER FUNCTION take_member_words() RENAME TO listing_copy_member_words;
ALTER TRIGGER give_member_words ON member RENAME TO member_push_words;
ALTER TRIGGER take_member_words ON listing RENAME TO listing_copy_member_words;

-- A text as lower-case words with single spaces between them. Only letters, marks and digits form words:
-- invisible characters are removed, and all others separate words. Parts of a compound ("e-mail",
-- "rock'n'roll", Persian with ZWNJ) are joined by "_". A run of a script without spaces is a word of its own.
--
-- The locale of the database differs between servers and cannot be changed, so nothing here may depend on it: each
-- function that classifies letters has an explicit collation.
CREATE OR REPLACE FUNCTION normalize_text(p_language text, p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- Joins the parts of a compound until every "_" of the text is replaced.
  v_joint constant text := chr(1);
  v_marks constant text := mark_ranges();
  v_unspaced constant text := unspaced_ranges();
  v_zero text;
  -- Characters typed as an apostrophe or a hyphen, such as accents and primes.
  v_text text := translate(p_text, v_joint || '`´′‵‛՚֊־', ' ' || repeat('''', 6) || '--');
BEGIN
  -- In Turkish and Azerbaijani, the lower case of I has no dot.
  IF p_language IN ('tr', 'az') THEN
    v_text := lower(v_text COLLATE "tr-x-icu");
  END IF;
  IF octet_length(v_text) = length(v_text) THEN
    v_text := regexp_replace(lower(v_text COLLATE "C"),
      '(?<=[a-z])[''-]+(?=[a-z])|(?<=[a-z])-(?=[0-9])|(?<=[0-9])-(?=[a-z])', v_joint, 'g');
    v_text := regexp_replace(v_text, '[^a-z0-9' || v_joint || ']+', ' ', 'g');
    RETURN translate(trim(v_text), v_joint, '_');
  END IF;
  v_text := lower(normalize(v_text, NFKC) COLLATE "und-x-icu");
  -- Georgian capitals are younger than the ICU of some servers; each has its small letter 3008 places before.
  IF v_text ~ '[\u1C90-\u1CBF]' THEN
    v_text := translate(v_text,
      (SELECT string_agg(chr(code), '' ORDER BY code) FROM generate_series(7312, 7359) AS code),
      (SELECT string_agg(chr(code - 3008), '' ORDER BY code) FROM generate_series(7312, 7359) AS code));
  END IF;
  -- Unicode's Default_Ignorable_Code_Point but ZWNJ (U+200C), the strokes that lengthen words in Arabic,
  -- N'Ko and Mongolian, and the signs that Armenian writes above a vowel to ask or to stress.
  v_text := regexp_replace(v_text,
    '[\u00AD\u034F\u055B\u055C\u055E\u061C\u0640\u07FA\u115F\u1160\u17B4\u17B5\u180A-\u180F\u200B\u200D-\u200F\u202A-\u202E'
    '\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3'
    '\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]+', '', 'g');
  IF translate(v_text, '0123456789', '') COLLATE "und-x-icu" ~ '\d' THEN
    FOREACH v_zero IN ARRAY string_to_array(digit_zeros(), NULL) LOOP
      v_text := translate(v_text, (
        SELECT string_agg(chr(ascii(v_zero) + digit), '' ORDER BY digit)
        FROM generate_series(0, 9) AS digit), '0123456789');
    END LOOP;
  END IF;
  IF v_text ~ ('[' || v_unspaced || ']') THEN
    v_text := regexp_replace(v_text, '([' || v_unspaced || ']+)', ' \1 ', 'g');
  END IF;
  v_text := regexp_replace(v_text COLLATE "und-x-icu",
    '(?<=[[:alpha:]' || v_marks || '])(?:[''’‘ʼʻʹ‐‑–−·״׳\u200C-]+|["“”„](?=[א-ת]))(?=[[:alpha:]])'
    '|(?<=[[:alpha:]' || v_marks || '])[‐‑-](?=[0-9])|(?<=[0-9])[‐‑-](?=[[:alpha:]])',
    v_joint, 'g');
  -- So are letters of Rohingya, and some of Chinese.
  v_text := regexp_replace(v_text COLLATE "und-x-icu", '(?:[^[:alnum:]〇\U00010D00-\U00010D23'
    || v_unspaced || v_joint || v_marks || ']|[ʼʻʹ])+', ' ', 'g');
  -- A mark without a letter before it is not a word.
  v_text := trim(regexp_replace(v_text, '(^|[ ' || v_joint || '])[ ' || v_marks || ']+', '\1', 'g'));
  -- Persian writes these with ZWNJ, with a space, or with nothing between.
  IF v_text ~ '[\u0600-\u06FF]' THEN
    v_text := regexp_replace(v_text, '(^| )(ن?م[یي]) (?=[\u0600-\u06FF])', '\1\2' || v_joint, 'g');
    v_text := regexp_replace(v_text,
      '(?<=[\u0600-\u06FF]) (ها[یي]{0,2}|تر|تر[یي]ن)(?= |$)', v_joint || '\1', 'g');
  END IF;
  RETURN translate(v_text, v_joint, '_');
END
$$;

-- The normalized words of a text. A compound gives its parts and then itself as one word; "2-room-flat" also gives
-- its adjacent parts joined.
CREATE OR REPLACE FUNCTION split_words(p_language text, p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_tidy text := normalize_text(p_language, p_text);
  v_words text[] := string_to_array(translate(v_tidy, '_', ' '), ' ');
  v_word text;
  v_parts text[];
  v_count integer;
BEGIN
  FOREACH v_word IN ARRAY string_to_array(v_tidy, ' ') LOOP
    CONTINUE WHEN strpos(v_word, '_') = 0;
    v_words := v_words || replace(v_word, '_', '');
    v_parts := string_to_array(v_word, '_');
    v_count := cardinality(v_parts);
    CONTINUE WHEN v_count NOT BETWEEN 3 AND 5;
    FOR v_from IN 1 .. v_count - 1 LOOP
      FOR v_to IN v_from + 1 .. v_count LOOP
        IF v_to - v_from < v_count - 1 THEN
          v_words := v_words || array_to_string(v_parts[v_from:v_to], '');
        END IF;
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN v_words;
END
$$;

-- The words of a text for comparison: normalized, without accents, compounds split.
CREATE OR REPLACE FUNCTION fold_text(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN translate(without_accents(normalize_text('', p_text)), '_', ' ');
END
$$;

-- fold_text of each text of an array, such as the languages that a member speaks; NULL for an empty array.
CREATE OR REPLACE FUNCTION fold_texts(p_texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(fold_text(each) ORDER BY place)
  FROM unnest(p_texts) WITH ORDINALITY AS given (each, place)
$$;

-- A normalized word as typed on a keyboard without such letters: German "mueller", Danish "aarhus", Croatian
-- "djurdja".
CREATE OR REPLACE FUNCTION transliterate(p_word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN without_accents(replace(replace(replace(replace(replace(replace(
    p_word, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa'), 'đ', 'dj'));
END
$$;

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
    t.community_id, t.exchange_id, t.credit_account_id, t.debit_account_id, t.minutes
  ) IS NULL
  UNION ALL
  SELECT t.community_id, 'reversal without authority', t.id, t.reverses_id::text
  FROM t JOIN t AS old ON old.community_id = t.community_id AND old.id = t.reverses_id
  WHERE NOT EXISTS (
    SELECT FROM exchange_event AS undone
    WHERE undone.community_id = t.community_id AND undone.exchange_id = old.exchange_id
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

-- Like fold_text, and adds each compound as one word ("e mail email"), words with their accents spelled out
-- ("muller mueller"), and Arabic and Hebrew words without their attached particles, since a misspelling is looked
-- for in the word itself.
CREATE OR REPLACE FUNCTION fold_compounds(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_words text[] := split_words('', p_text);
  v_text text := without_accents(array_to_string(v_words, ' '));
  v_word text;
  v_bare text;
BEGIN
  IF array_to_string(v_words, ' ') ~ '[äöüøåđ]' THEN
    FOREACH v_word IN ARRAY v_words LOOP
      IF v_word ~ '[äöüøåđ]' THEN
        v_text := v_text || ' ' || transliterate(v_word);
      END IF;
    END LOOP;
  END IF;
  IF v_text ~ '[\u05D0-\u05EA\u0621-\u064A]' THEN
    FOREACH v_word IN ARRAY string_to_array(v_text, ' ') LOOP
      v_bare := regexp_replace(v_word,
        '^(?:[وف]?(?:[بك]?ال|لل)(?=..)|ו?[הבכלמש](?=...))', '');
      IF v_bare <> v_word THEN
        v_text := v_text || ' ' || v_bare;
      END IF;
    END LOOP;
  END IF;
  RETURN v_text;
END
$$;

-- Copies the member's name and neighbourhood into a listing, so that search finds it by them.
CREATE OR REPLACE FUNCTION listing_copy_member_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT concat_ws(' ', display_name, neighbourhood) INTO NEW.member_words
  FROM member WHERE community_id = NEW.community_id AND id = NEW.member_id;
  -- An unknown member is refused by the foreign key.
  NEW.member_words := coalesce(NEW.member_words, '');
  RETURN NEW;
END
$$;

-- The words by which search finds a listing: as written, for prefix search, with accents spelled out
-- ("mueller"), and as stems in its language. In scripts without spaces, each pair of adjacent letters is a word.
-- More important fields have heavier weights.
--
-- Each word starts with a prefix of the community's id. It keeps the words of a community together in the index, so
-- that a search costs the same with one community as with a thousand. With the community as a column of the index,
-- PostgreSQL would look each word up among all communities first.
CREATE OR REPLACE FUNCTION listing_words(
  p_community uuid, p_language text, p_title text, p_description text, p_availability text,
  p_member text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_mark constant text := right(p_community::text, 6);
  v_unspaced constant text := '^[' || unspaced_ranges() || ']';
  v_texts constant text[] := ARRAY[p_title, p_member, p_description, p_availability];
  v_weights constant text[] := ARRAY['A', 'B', 'C', 'D'];
  v_all text := '';
  v_place integer := 0;
  v_written text[];
  v_folded text[];
  v_form text;
  v_forms text[];
BEGIN
  FOR v_text IN 1 .. 4 LOOP
    v_written := split_words(p_language, v_texts[v_text]);
    v_folded := string_to_array(without_accents(array_to_string(v_written, ' ')), ' ');
    FOR v_word IN 1 .. cardinality(v_written) LOOP
      IF v_folded[v_word] ~ v_unspaced THEN
        FOR v_letter IN 1 .. length(v_folded[v_word]) LOOP
          v_place := v_place + 1;
          v_all := v_all || format(' ''%s%s'':%s%s', v_mark, substr(v_folded[v_word], v_letter, 2), v_place,
            v_weights[v_text]);
        END LOOP;
        -- People leave out the space, as in Korean, or the comma.
        IF v_folded[v_word + 1] ~ v_unspaced THEN
          v_all := v_all || format(' ''%s%s%s'':%s%s', v_mark, right(v_folded[v_word], 1),
            left(v_folded[v_word + 1], 1), v_place, v_weights[v_text]);
        END IF;
        CONTINUE;
      END IF;
      v_place := v_place + 1;
      v_forms := ARRAY[v_folded[v_word]];
      IF v_written[v_word] ~ '[äöüøåđ]' THEN
        v_forms := v_forms || transliterate(v_written[v_word]);
      END IF;
      -- A name has no stem.
      IF v_weights[v_text] <> 'B' THEN
        v_forms := v_forms || stems_of(p_language, v_written[v_word]);
      END IF;
      FOREACH v_form IN ARRAY v_forms LOOP
        -- PostgreSQL limits a word to 2,046 bytes.
        v_all := v_all || format(' ''%s%s'':%s%s', v_mark, left(v_form, 60), v_place, v_weights[v_text]);
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN v_all::tsvector;
END
$$;

-- Updates the listings of a member whose name or neighbourhood has changed, so that search finds them by it.
CREATE OR REPLACE FUNCTION member_push_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE listing SET member_words = concat_ws(' ', NEW.display_name, NEW.neighbourhood)
  WHERE community_id = NEW.community_id AND member_id = NEW.id;
  RETURN NULL;
END
$$;

-- Moves minutes from the debit to the credit account, once for each id: the same id with the same content returns
-- the first transfer, and with other content raises an error.
--
-- An exchange is settled once, between its receiver and its giver, and its open hold is settled with it. An
-- exchange whose hold was released cannot be settled. Held minutes were promised, so no limit is checked up to
-- them; minutes beyond them are checked as any new debit and credit. The debit side is checked only against its
-- floor and the credit side only against its ceiling, so that a limit that was lowered later never prevents a
-- transfer that improves a balance.
--
-- Nothing moves without authority. A welcome credit comes from the fund, once for each vouched member (its id is
-- the member's), and is at most what the community grants. An exchange is settled by the event of its current
-- version (settlement_event). A vouched receiver thereby vouches for a giver who is not vouched yet, whose
-- welcome credit is then paid too; may_vouch limits for how many. An automatic settlement (settledAutomatically)
-- vouches for nobody.
--
-- p_at is the application's clock, which a test or the demo may set. The stored time is never in the future.
CREATE OR REPLACE FUNCTION post_transfer(
  p_community uuid, p_id uuid, p_kind transfer_kind, p_debit uuid, p_credit uuid,
  p_minutes integer, p_exchange uuid DEFAULT NULL, p_at timestamptz DEFAULT now()
) RETURNS transfer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_known transfer%ROWTYPE;
  v_debit account%ROWTYPE;
  v_credit account%ROWTYPE;
  v_exchange exchange%ROWTYPE;
  v_hold hold%ROWTYPE;
  v_held integer := 0;
  v_new integer;
  v_free integer;
  v_word text;
  -- The community's account, when this exchange may vouch for its giver.
  v_fund uuid;
  v_vouches boolean;
  v_welcome integer;
  -- A welcome credit does not count as help.
  v_helped integer := CASE WHEN p_kind = 'exchange' THEN p_minutes ELSE 0 END;
BEGIN
  IF p_minutes IS NULL OR p_minutes NOT BETWEEN 1 AND 60000 OR p_debit = p_credit THEN
    RAISE EXCEPTION 'cannot move % minutes from % to %', p_minutes, p_debit, p_credit
      USING ERRCODE = 'EH006';
  END IF;
  IF p_kind = 'reversal' THEN
    RAISE EXCEPTION 'reversals are made by reverse_transfer' USING ERRCODE = 'EH009';
  END IF;

  -- The exchange before its hold, the hold before the accounts: see 00_errors.sql.
  IF p_exchange IS NOT NULL THEN
    SELECT * INTO v_exchange FROM exchange
    WHERE community_id = p_community AND id = p_exchange FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no exchange %', p_exchange USING ERRCODE = 'EH005';
    END IF;
    SELECT * INTO v_hold FROM hold
    WHERE community_id = p_community AND exchange_id = p_exchange FOR UPDATE;
    -- The fund pays below, so it is locked together with the others. A vouch is never withdrawn.
    SELECT p_community INTO v_fund FROM account AS debit JOIN account AS credit USING (community_id)
    WHERE community_id = p_community AND debit.id = p_debit AND credit.id = p_credit
      AND debit.vouched_at IS NOT NULL AND credit.vouched_at IS NULL;
  END IF;
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_debit, p_credit, v_fund)
  ORDER BY id FOR NO KEY UPDATE;

  -- Read after locking: an earlier transaction with the same id has committed by now.
  SELECT * INTO v_known FROM transfer WHERE community_id = p_community AND id = p_id;
  IF FOUND THEN
    IF v_known.kind IS DISTINCT FROM p_kind
      OR v_known.debit_account_id IS DISTINCT FROM p_debit
      OR v_known.credit_account_id IS DISTINCT FROM p_credit
      OR v_known.minutes IS DISTINCT FROM p_minutes
      OR v_known.exchange_id IS DISTINCT FROM p_exchange
    THEN
      RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
    END IF;
    RETURN v_known;
  END IF;

  SELECT * INTO v_debit FROM account WHERE community_id = p_community AND id = p_debit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_debit USING ERRCODE = 'EH005';
  END IF;
  SELECT * INTO v_credit FROM account WHERE community_id = p_community AND id = p_credit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_credit USING ERRCODE = 'EH005';
  END IF;

  IF p_exchange IS NOT NULL THEN
    IF (p_debit, p_credit) IS DISTINCT FROM (v_exchange.receiver_id, v_exchange.giver_id)
      OR v_hold.account_id <> p_debit
    THEN
      RAISE EXCEPTION 'exchange % is between other accounts', p_exchange USING ERRCODE = 'EH007';
    END IF;
    IF EXISTS (SELECT 1 FROM transfer WHERE community_id = p_community AND exchange_id = p_exchange)
    THEN
      RAISE EXCEPTION 'exchange % is settled', p_exchange USING ERRCODE = 'EH008';
    END IF;
    IF v_hold.status <> 'open' THEN
      RAISE EXCEPTION 'the hold of exchange % was released', p_exchange USING ERRCODE = 'EH007';
    END IF;
    v_word := settlement_event(
      p_community, p_exchange, p_credit, p_debit, p_minutes, v_exchange.version);
    IF v_exchange.status <> 'settled' OR v_word IS NULL THEN
      RAISE EXCEPTION 'nothing settles exchange % for % minutes', p_exchange, p_minutes
        USING ERRCODE = 'EH011';
    END IF;
  END IF;
  IF p_kind = 'welcome' THEN
    SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
    IF p_debit <> p_community OR p_id <> p_credit OR v_credit.vouched_at IS NULL
      OR p_minutes > v_welcome
    THEN
      RAISE EXCEPTION '% is no welcome credit of %', p_id, p_credit USING ERRCODE = 'EH011';
    END IF;
    IF v_credit.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
    END IF;
  END IF;
  IF v_hold.status = 'open' THEN
    v_held := v_hold.minutes;
    UPDATE hold SET status = 'settled', ended_at = now()
    WHERE community_id = p_community AND exchange_id = p_exchange;
  END IF;

  v_new := greatest(p_minutes - v_held, 0);
  -- A welcome credit is checked against no limit: the fund has no floor, and the ceiling does not apply.
  IF v_new > 0 AND p_kind <> 'welcome' THEN
    IF v_debit.closed_at IS NOT NULL OR v_credit.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
    END IF;
    v_free := v_debit.balance - v_debit.held - floor_of(v_debit);
    IF v_new > v_free THEN
      RAISE EXCEPTION 'the floor of account % would be passed', p_debit
        USING ERRCODE = 'EH001', DETAIL = greatest(v_free, 0)::text;
    END IF;
    v_free := v_credit.ceiling - v_credit.balance;
    IF p_minutes > v_free THEN
      RAISE EXCEPTION 'the ceiling of account % would be passed', p_credit
        USING ERRCODE = 'EH002', DETAIL = greatest(v_free, 0)::text;
    END IF;
  END IF;

  UPDATE account
  SET balance = balance - p_minutes, version = version + 1, held = held - v_held,
    received = received + v_helped
  WHERE community_id = p_community AND id = p_debit
  RETURNING * INTO v_debit;
  v_vouches := v_fund IS NOT NULL AND v_word <> 'settledAutomatically' AND v_credit.vouched_at IS NULL
    AND v_credit.closed_at IS NULL AND may_vouch(p_community, p_debit);
  UPDATE account
  SET balance = balance + p_minutes, version = version + 1, given = given + v_helped,
    vouched_at = CASE WHEN v_vouches THEN least(p_at, now()) ELSE vouched_at END
  WHERE community_id = p_community AND id = p_credit
  RETURNING * INTO v_credit;

  BEGIN
    INSERT INTO transfer (
      community_id, id, kind, debit_account_id, credit_account_id, minutes,
      debit_version, debit_balance, credit_version, credit_balance, exchange_id, created_at
    ) VALUES (
      p_community, p_id, p_kind, p_debit, p_credit, p_minutes,
      v_debit.version, v_debit.balance, v_credit.version, v_credit.balance, p_exchange,
      least(p_at, now())
    ) RETURNING * INTO v_known;
  EXCEPTION WHEN unique_violation THEN
    -- A concurrent transaction used the id between other accounts, which are not locked here.
    RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
  END;
  IF v_vouches THEN
    INSERT INTO vouch (community_id, member_id, kind, by_id, source_id, at)
    VALUES (p_community, p_credit, 'exchange', p_debit, p_exchange, v_credit.vouched_at);
    SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
    IF v_welcome > 0 THEN
      PERFORM post_transfer(
        p_community, p_credit, 'welcome', p_community, p_credit, v_welcome, NULL, p_at);
    END IF;
  END IF;
  RETURN v_known;
END
$$;

-- The query for listings in a language that match these words. Each word starts with the prefix of the community,
-- as in listing_words.
CREATE OR REPLACE FUNCTION search_query(p_community uuid, p_language text, p_words text)
RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(words_query(right(p_community::text, 6), p_language,
    string_to_array(normalize_text(p_language, p_words), ' '), true), '');
END
$$;

-- The kind of the event that authorizes these minutes of an exchange to move; NULL without authority:
--   recorded, reported    by the receiver, who pays
--   confirmed             by one side, of what the other side recorded or reported
--   resolvedWithHours     by neither side, after a dispute
--   settledAutomatically  by nobody, of what was agreed and reported, up to the agreed minutes
-- With p_version only the event of that version of the exchange counts.
CREATE OR REPLACE FUNCTION settlement_event(
  p_community uuid, p_exchange uuid, p_giver uuid, p_receiver uuid, p_minutes integer,
  p_version integer DEFAULT NULL
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT word.kind FROM exchange_event AS word
    WHERE word.community_id = p_community AND word.exchange_id = p_exchange
      AND (p_version IS NULL OR word.version = p_version) AND word.minutes = p_minutes
      AND CASE word.kind
        WHEN 'recorded' THEN word.member_id = p_receiver
        WHEN 'reported' THEN word.member_id = p_receiver
        WHEN 'confirmed' THEN word.member_id IN (p_giver, p_receiver) AND EXISTS (
          SELECT FROM exchange_event AS report
          WHERE report.community_id = p_community AND report.exchange_id = p_exchange
            AND report.version < word.version AND report.kind IN ('recorded', 'reported')
            AND report.member_id <> word.member_id)
        WHEN 'resolvedWithHours' THEN word.member_id NOT IN (p_giver, p_receiver) AND EXISTS (
          SELECT FROM exchange_event AS dispute
          WHERE dispute.community_id = p_community AND dispute.exchange_id = p_exchange
            AND dispute.version < word.version AND dispute.kind IN ('disputed', 'escalated'))
        WHEN 'settledAutomatically' THEN word.member_id IS NULL AND EXISTS (
          SELECT FROM exchange_event AS agreement
          WHERE agreement.community_id = p_community AND agreement.exchange_id = p_exchange
            AND agreement.version < word.version AND agreement.kind = 'agreed'
            AND agreement.minutes >= word.minutes)
        ELSE false
      END
    LIMIT 1
  );
END
$$;

-- The query for all of these normalized words: each as written or by one of its stems, a compound as one word or by its
-- parts, accents spelled out ("mueller"), and in scripts without spaces by adjacent letters. The last word matches as
-- a prefix where it may still be being typed. Stop words such as "the", which have no stem, count only where there
-- are no other words. NULL without words.
CREATE OR REPLACE FUNCTION words_query(
  p_mark text, p_language text, p_words text[], p_is_typing boolean
) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_unspaced constant text := '^[' || unspaced_ranges() || ']';
  v_is_last boolean;
  v_written text;
  v_folded text;
  v_stems text[];
  v_stem text;
  v_word tsquery;
  v_all tsquery;
  v_small tsquery;
BEGIN
  FOR v_place IN 1 .. cardinality(p_words) LOOP
    v_written := p_words[v_place];
    v_is_last := p_is_typing AND v_place = cardinality(p_words);
    IF strpos(v_written, '_') > 0 THEN
      v_word := words_query(p_mark, p_language, ARRAY[replace(v_written, '_', '')], v_is_last)
        || words_query(p_mark, p_language, string_to_array(v_written, '_'), v_is_last);
      v_all := coalesce(v_all && v_word, v_word);
      CONTINUE;
    END IF;
    v_folded := without_accents(v_written);
    IF v_folded ~ v_unspaced THEN
      SELECT string_agg(format('''%s%s''', p_mark, substr(v_folded, i, 2)), ' <-> ' ORDER BY i)
          || CASE WHEN length(v_folded) = 1 THEN ':*' ELSE '' END
        INTO v_word FROM generate_series(1, greatest(length(v_folded) - 1, 1)) AS i;
      v_all := coalesce(v_all && v_word, v_word);
      CONTINUE;
    END IF;
    v_word := format('''%s%s''%s', p_mark, left(v_folded, 60), CASE WHEN v_is_last THEN ':*' ELSE '' END);
    IF v_written ~ '[äöüøåđ]' THEN
      v_word := v_word || format('''%s%s''%s', p_mark, left(transliterate(v_written), 60),
        CASE WHEN v_is_last THEN ':*' ELSE '' END)::tsquery;
    END IF;
    v_stems := stems_of(p_language, v_written);
    IF v_stems = '{}' THEN
      v_small := coalesce(v_small && v_word, v_word);
      CONTINUE;
    END IF;
    FOREACH v_stem IN ARRAY v_stems LOOP
      v_word := v_word || format('''%s%s''', p_mark, left(v_stem, 60))::tsquery;
    END LOOP;
    v_all := coalesce(v_all && v_word, v_word);
  END LOOP;
  RETURN coalesce(v_all, v_small);
END
$$;
