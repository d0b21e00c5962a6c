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

# How it was classified at the instant: as it stands, or by the journal where it was classified anew or reviewed since.
AS_IT_STANDS = """p.classified_at <= %(at)s
AND (p.classification_reviewed_at IS NULL OR p.classification_reviewed_at <= %(at)s)"""


def _last(name: str) -> str:
    """Return the last word of the journal on one part of a classification, or of its review."""
    value = f"""COALESCE(j."values"->>'{name}', j."values"->'decided'->>'{name}')"""
    return f"(array_agg({value} ORDER BY j.number DESC) FILTER (WHERE {value} IS NOT NULL))[1]"


CLASSIFIED = f"""
SELECT p.purpose, p.category_code, p.recurrence, p.is_litigation, c.name AS classifier
FROM accounts_staff c WHERE c.id = p.classified_by_id AND {AS_IT_STANDS}
UNION ALL
SELECT {_last("purpose")}, {_last("category_code")}, {_last("recurrence")}, {_last("is_litigation")}::boolean,
       (array_agg(j.by_name ORDER BY j.number DESC) FILTER (WHERE j.event = 'petition.classified'))[1]
FROM county_journal_entry j
WHERE p.classified_at IS NOT NULL AND ({AS_IT_STANDS}) IS NOT TRUE AND j.petition_id = p.id
  AND j.event IN ('petition.classified', 'petition.reclassified') AND j.at <= %(at)s
HAVING bool_or(j.event = 'petition.classified')"""  # noqa: S608  # put together from the constants above

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
       k.purpose IS NOT NULL, COALESCE(k.classifier, ''),
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
LEFT JOIN LATERAL ({CLASSIFIED}) k ON true
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
