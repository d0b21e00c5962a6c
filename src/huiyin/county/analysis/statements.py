"""Statements: what is asked of the database for the numbers of a period, each in one set-based question.

Only evidence with a moment not after ``at`` is looked at, so a past instant sees what was true then.
"""

# A receipt counts unless two people said that it is no petition; both must have said so by then.
COUNTS = """
r.received_on BETWEEN %(first)s AND %(last)s AND r.taken_at <= %(at)s AND r.channel = ANY(%(channels)s)
AND NOT (r.not_petition_seconded_by_id IS NOT NULL AND r.not_petition_at <= %(at)s AND EXISTS (
    SELECT 1 FROM county_journal_entry j
    WHERE j.subject = 'receipt' AND j.subject_id = r.id AND j.event = 'receipt.seconded_not_petition'
      AND j.at <= %(at)s))"""

# A merged petition follows its main one, and that one its own, to the last; a voided main one leads nowhere.
MAIN = """
WITH RECURSIVE way AS (
    SELECT own.merged_into_id AS id, 1 AS depth WHERE own.kind = 'merged'
    UNION ALL
    SELECT d.merged_into_id, w.depth + 1
    FROM way w JOIN county_disposition d ON d.petition_id = w.id
    WHERE d.kind = 'merged' AND d.decided_at <= %(at)s AND (d.withdrawn_at IS NULL OR d.withdrawn_at > %(at)s)
      AND w.depth < 20
)
SELECT w.id FROM (SELECT id FROM way ORDER BY depth DESC LIMIT 1) w
JOIN county_petition m ON m.id = w.id AND (m.voided_at IS NULL OR m.voided_at > %(at)s)"""

# What a stored file was at the instant: as checked by then; else by the journal's last word before it, or the first
# after it, because a file that is intact later was intact before. Every page of the original must be intact.
ORIGINAL = """
SELECT CASE WHEN bool_or(NOT a.was_intact) THEN 'broken' WHEN count(*) = 0 THEN 'missing'
            WHEN bool_and(a.was_intact IS NOT NULL) THEN 'intact' ELSE 'unchecked' END AS state
FROM (
    SELECT CASE WHEN f.checked_at <= %(at)s THEN f.is_intact ELSE COALESCE(
        (SELECT (j."values"->>'intact')::boolean FROM county_journal_entry j
         WHERE j.subject = 'attachment' AND j.subject_id = f.id AND j.event = 'attachment.checked'
           AND j.at <= %(at)s ORDER BY j.number DESC LIMIT 1),
        (SELECT (j."values"->>'intact')::boolean FROM county_journal_entry j
         WHERE j.subject = 'attachment' AND j.subject_id = f.id AND j.event = 'attachment.checked'
         ORDER BY j.number LIMIT 1)) END AS was_intact
    FROM county_attachment f
    WHERE f.petition_id = p.id AND f.added_at <= %(at)s
      AND f.kind = CASE r.channel WHEN 'letter' THEN %(original_of_letter)s ELSE %(original_of_walk_in)s END
) a"""

GIVEN = """
SELECT u.name AS unit, a.handler_name AS handler,
       a.reported_at IS NULL OR a.reported_at > %(at)s OR a.state = ANY(%(with_unit)s) AS is_with_unit
FROM county_assignment a JOIN county_unit u ON u.id = a.unit_id
WHERE a.petition_id = main.id AND a.issued_at <= %(at)s
  AND (a.withdrawn_at IS NULL OR a.withdrawn_at > %(at)s) AND a.kind = ANY(%(to_a_unit)s)
ORDER BY a.is_lead DESC, a.id LIMIT 1"""

ECHO = """
SELECT count(*) > 0 AS is_replied, COALESCE(bool_or(v.method <> %(impossible)s), false) AS is_answered,
       COALESCE(bool_or(v.method = %(impossible)s), false) AS attempt_failed
FROM county_reply y
LEFT JOIN county_delivery v ON v.reply_id = y.id AND v.delivered_at <= %(at)s AND v.recorded_at <= %(at)s
                           AND v.proof <> ''
WHERE y.petition_id = main.id AND y.kind = ANY(%(final)s) AND y.replied_at <= %(at)s"""

# Everything is looked up beside its petition, so the plan stays the same when a great import has not been analysed yet.
EVIDENCE = f"""
SELECT r.id, r.number, r.channel, r.received_on, COALESCE(taker.name, '信访办公室'),
       p.id, p.number, p.confidentiality, p.summary,
       p.number <> '' AND p.summary <> '' AND (w.kind <> 'named' OR w.name <> ''),
       registrar.name, w.kind, w.name, w.address <> '',
       w.phone <> '' OR w.address <> '' OR EXISTS (
           SELECT 1 FROM county_representative s WHERE s.petition_id = p.id AND s.phone <> ''),
       CASE WHEN r.channel IN ('letter', 'walk_in') THEN original.state ELSE 'not_needed' END,
       CASE WHEN p.read_at <= %(at)s THEN p.reader_name ELSE '' END,
       COALESCE(p.classified_at <= %(at)s AND p.purpose <> '' AND p.category_code <> '' AND p.recurrence <> '', false),
       CASE WHEN p.classified_at <= %(at)s THEN classifier.name ELSE '' END,
       COALESCE(own.kind = 'merged', false), COALESCE(decider.name, ''), decision.kind,
       COALESCE(decision.kind = ANY(%(exceptions)s) AND decision.basis <> '' AND decision.approved_at <= %(at)s
                AND decision.approved_by_id <> decision.decided_by_id, false),
       COALESCE(given.unit, ''), COALESCE(given.handler, ''), COALESCE(given.is_with_unit, false),
       echo.is_replied, echo.is_answered, echo.attempt_failed
FROM county_receipt r
LEFT JOIN accounts_staff taker ON taker.id = r.taken_by_id
LEFT JOIN county_petition p
  ON p.receipt_id = r.id AND p.registered_at <= %(at)s AND (p.voided_at IS NULL OR p.voided_at > %(at)s)
LEFT JOIN county_petitioner w ON w.id = p.petitioner_id
LEFT JOIN accounts_staff registrar ON registrar.id = p.registered_by_id
LEFT JOIN accounts_staff classifier ON classifier.id = p.classified_by_id
LEFT JOIN county_disposition own ON own.petition_id = p.id AND own.decided_at <= %(at)s
  AND (own.withdrawn_at IS NULL OR own.withdrawn_at > %(at)s)
LEFT JOIN accounts_staff decider ON decider.id = own.decided_by_id
LEFT JOIN LATERAL ({MAIN}) followed ON own.kind = 'merged'
LEFT JOIN LATERAL (SELECT CASE WHEN own.kind = 'merged' THEN followed.id ELSE p.id END AS id) main ON true
LEFT JOIN county_disposition decision
  ON decision.petition_id = main.id AND decision.decided_at <= %(at)s AND decision.kind <> 'merged'
  AND (decision.withdrawn_at IS NULL OR decision.withdrawn_at > %(at)s)
LEFT JOIN LATERAL ({GIVEN}) given ON true
LEFT JOIN LATERAL ({ECHO}) echo ON true
LEFT JOIN LATERAL ({ORIGINAL}) original ON true
WHERE {COUNTS}
  AND (p.id IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM county_petition v WHERE v.receipt_id = r.id AND v.registered_at <= %(at)s))
ORDER BY r.received_on, r.id, p.id
"""  # noqa: S608  # put together from the constants above


def _is_found(grams: str, words: str) -> str:
    """Return the predicate of the register's search for terms that stand separated in two columns of ``q``."""
    predicate = """(q.{words} <> '' AND p.grams @> string_to_array(q.{grams}, E'\\x1f')::text[] AND NOT EXISTS (
        SELECT 1 FROM unnest(string_to_array(q.{words}, E'\\x1f')) AS term WHERE strpos(p.searchable, term) = 0))"""
    return predicate.format(grams=grams, words=words)


# Nobody's name is found under 匿名, which is the petitioner's kind and needs no search.
RETRIEVAL = f"""
SELECT p.id, {_is_found("number_grams", "number_terms")},
       q.name_terms = '' OR {_is_found("name_grams", "name_terms")},
       {_is_found("text_grams", "text_terms")}
FROM unnest(%(id)s::bigint[], %(number_grams)s::text[], %(number_terms)s::text[], %(name_grams)s::text[],
            %(name_terms)s::text[], %(text_grams)s::text[], %(text_terms)s::text[])
  AS q(id, number_grams, number_terms, name_grams, name_terms, text_grams, text_terms)
JOIN county_petition p ON p.id = q.id
"""  # noqa: S608  # put together from the constants above

EXCLUDED = """
SELECT 'not_petition', r.number, r.channel, r.not_petition_reason, marker.name, seconder.name, e.at
FROM county_receipt r
JOIN accounts_staff marker ON marker.id = r.not_petition_by_id
JOIN accounts_staff seconder ON seconder.id = r.not_petition_seconded_by_id
JOIN LATERAL (
    SELECT max(j.at) AS at FROM county_journal_entry j
    WHERE j.subject = 'receipt' AND j.subject_id = r.id AND j.event = 'receipt.seconded_not_petition'
      AND j.at <= %(at)s
) e ON e.at IS NOT NULL
WHERE r.received_on BETWEEN %(first)s AND %(last)s AND r.taken_at <= %(at)s AND r.channel = ANY(%(channels)s)
  AND r.not_petition_at <= %(at)s
UNION ALL
SELECT 'voided', p.number, r.channel, p.void_reason, voider.name, approver.name, p.voided_at
FROM county_receipt r
JOIN county_petition p ON p.receipt_id = r.id
JOIN accounts_staff voider ON voider.id = p.voided_by_id
JOIN accounts_staff approver ON approver.id = p.void_approved_by_id
WHERE r.received_on BETWEEN %(first)s AND %(last)s AND r.taken_at <= %(at)s AND r.channel = ANY(%(channels)s)
  AND p.voided_at <= %(at)s
ORDER BY 1, 7, 2
"""

COUNTED = f"""
counted AS MATERIALIZED (
    SELECT p.id, r.channel, p.is_group, p.head_count, p.read_by_leader, p.read_at, p.recurrence, p.closed_at,
           COALESCE(p.classified_at <= %(at)s, false) AS is_classified, p.is_litigation, e.satisfaction
    FROM county_receipt r
    JOIN county_petition p
      ON p.receipt_id = r.id AND p.registered_at <= %(at)s AND (p.voided_at IS NULL OR p.voided_at > %(at)s)
    LEFT JOIN county_evaluation e ON e.petition_id = p.id AND e.evaluated_at <= %(at)s
    WHERE {COUNTS}
), asked AS MATERIALIZED (
    SELECT c.channel, c.satisfaction FROM counted c
    WHERE c.satisfaction IS NOT NULL OR (c.closed_at + interval '30 days' <= %(at)s AND EXISTS (
        SELECT 1 FROM county_reply y JOIN county_delivery v ON v.reply_id = y.id
        WHERE y.petition_id = c.id AND y.kind = ANY(%(final)s) AND v.method <> %(impossible)s
          AND v.recorded_at <= %(at)s))
)"""  # noqa: S608  # put together from the constants above

# Due by the day they end on; what has neither ended nor been done says nothing yet. Litigation has its own way.
ENDING = """
ending AS MATERIALIZED (
    SELECT d.clock, d.petition_id, d.unit_id, p.channel, COALESCE(d.met_at <= %(at)s, false) AS is_met,
           COALESCE(d.met_at <= %(at)s AND (d.met_at AT TIME ZONE 'Asia/Shanghai')::date <= d.due_on, false) AS in_time
    FROM county_deadline d JOIN county_petition p ON p.id = d.petition_id
    WHERE d.clock IN ('disposition', 'report') AND d.due_on BETWEEN %(first)s AND %(last)s
      AND d.started_at <= %(at)s AND (d.superseded_at IS NULL OR d.superseded_at > %(at)s)
      AND (d.met_at <= %(at)s OR d.due_on < (%(at)s AT TIME ZONE 'Asia/Shanghai')::date)
      AND (p.voided_at IS NULL OR p.voided_at > %(at)s)
      AND NOT (p.is_litigation AND p.classified_at <= %(at)s)
)"""

RATES = f"""
WITH {COUNTED}, {ENDING}
SELECT 'satisfied', channel, count(*) FILTER (WHERE satisfaction IN ('satisfied', 'mostly')), count(*)
FROM asked WHERE satisfaction IS NOT NULL GROUP BY channel
UNION ALL
SELECT 'evaluated', channel, count(satisfaction), count(*)
FROM asked GROUP BY channel
UNION ALL
SELECT 'repeated', channel, count(*) FILTER (WHERE recurrence = 'repeat'), count(*)
FROM counted WHERE is_classified AND NOT is_litigation GROUP BY channel
UNION ALL
SELECT 'group_visits', channel, count(*) FILTER (WHERE is_group), count(*)
FROM counted WHERE channel = 'walk_in' GROUP BY channel
UNION ALL
SELECT 'group_people', channel, COALESCE(sum(head_count) FILTER (WHERE is_group), 0), sum(head_count)
FROM counted WHERE channel = 'walk_in' GROUP BY channel
UNION ALL
SELECT 'read_by_leader', channel, count(*) FILTER (WHERE (read_by_leader AND read_at <= %(at)s) OR EXISTS (
           SELECT 1 FROM county_instruction i WHERE i.petition_id = counted.id AND i.read_at <= %(at)s)), count(*)
FROM counted GROUP BY channel
UNION ALL
SELECT 'timely_' || clock, channel, count(*) FILTER (WHERE in_time), count(*)
FROM ending GROUP BY clock, channel
UNION ALL
SELECT 'returned', n.channel, count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM county_assignment a JOIN county_report t ON t.assignment_id = a.id
           WHERE a.petition_id = n.petition_id AND a.unit_id = n.unit_id AND t.returned_at <= %(at)s)), count(*)
FROM ending n WHERE n.clock = 'report' AND n.is_met GROUP BY n.channel
ORDER BY 1, 2
"""  # noqa: S608  # put together from the constants above
