-- The kind of the event p_version of an exchange, if it authorizes these minutes to move; NULL without authority:
--   recorded, reported    by the receiver, who pays
--   confirmed             by one side, of what the other side recorded or reported
--   resolvedWithHours     by neither side, after a dispute
--   settledAutomatically  by nobody, of what was agreed and reported, up to the agreed minutes
CREATE OR REPLACE FUNCTION settlement_event(
  p_community uuid, p_exchange uuid, p_giver uuid, p_receiver uuid, p_minutes integer,
  p_version integer
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT word.kind FROM exchange_event AS word
    WHERE word.community_id = p_community AND word.exchange_id = p_exchange
      AND word.version = p_version AND word.minutes = p_minutes
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
  );
END
$$;
