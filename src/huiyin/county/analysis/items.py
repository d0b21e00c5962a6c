"""Items: every single thing that an indicator counts, by one definition that all questions about numbers share.

A row of ``items`` is one petition, assignment, step or visitor: its indicator, whether it is in the part, with which
weight it is in the whole, the day by which it belongs to the period, and the unit where it is about one. Margins,
cells, breakdowns and the lists behind a number are asked of these rows and of nothing else. The promises have their
own evidence (``statements.EVIDENCE``), because what is missing of them is told in words.
"""

from huiyin.county.assignment.states import REPORTS_BACK, DispositionKind
from huiyin.county.oversight.states import Adoption, Level
from huiyin.platform.statistics.indicators import ReportedChannel

from .statements import CLASSIFIED, COUNTS, MAIN

TODAY = "(%(at)s AT TIME ZONE 'Asia/Shanghai')::date"
LIVE = "{p}.registered_at <= %(at)s AND ({p}.voided_at IS NULL OR {p}.voided_at > %(at)s)"
LIVE_P = LIVE.format(p="p")
RUNS = "d.started_at <= %(at)s AND (d.superseded_at IS NULL OR d.superseded_at > %(at)s)"
STANDS = "o.decided_at <= %(at)s AND (o.withdrawn_at IS NULL OR o.withdrawn_at > %(at)s)"

# A petition is on another's matter since it was registered, classified as a repeat, merged or reopened there.
JOINED = """CASE
    WHEN {x}.reopened_from_id IS NOT NULL OR ({x}.recurrence = 'repeat' AND {x}.classified_at <= %(at)s) THEN true
    WHEN EXISTS (SELECT 1 FROM county_disposition o WHERE o.petition_id = {x}.id AND o.kind = 'merged' AND {stands})
        THEN true
    ELSE EXISTS (
        SELECT 1 FROM county_journal_entry j
        WHERE j.petition_id = {x}.id AND j.event = 'petition.registered' AND j."values"->>'relation' <> 'new')
END"""
JOINED_P, JOINED_E = (JOINED.format(x=alias, stands=STANDS) for alias in "pe")

COUNTED = f"""
counted AS MATERIALIZED (
    SELECT p.id, r.channel, p.received_on AS day, p.is_group, p.head_count, p.read_by_leader, p.read_at, p.closed_at,
           k.recurrence, k.is_litigation, e.satisfaction,
           NOT EXISTS (
               SELECT 1 FROM county_petition e
               WHERE e.matter_id = p.matter_id AND (e.received_on, e.id) < (p.received_on, p.id)
                 AND {LIVE.format(p="e")} AND ({JOINED_P} OR {JOINED_E})) AS is_first
    FROM county_receipt r
    JOIN county_petition p ON p.receipt_id = r.id AND {LIVE_P}
    LEFT JOIN LATERAL ({CLASSIFIED}) k ON true
    LEFT JOIN county_evaluation e ON e.petition_id = p.id AND e.evaluated_at <= %(at)s
    WHERE {COUNTS}
), asked AS MATERIALIZED (
    SELECT c.id, c.channel, c.day, c.satisfaction FROM counted c
    WHERE c.satisfaction IS NOT NULL OR (c.closed_at + interval '30 days' <= %(at)s AND EXISTS (
        SELECT 1 FROM county_reply y JOIN county_delivery v ON v.reply_id = y.id
        WHERE y.petition_id = c.id AND y.kind = ANY(%(final)s) AND v.method <> %(impossible)s
          AND v.recorded_at <= %(at)s))
)"""  # noqa: S608  # put together from the constants above

# Due by the day they end on; what has neither ended nor been done says nothing yet. Litigation has its own way.
ENDING = f"""
ending AS MATERIALIZED (
    SELECT d.clock, d.petition_id, d.unit_id, p.channel, d.due_on, COALESCE(d.met_at <= %(at)s, false) AS is_met,
           COALESCE(d.met_at <= %(at)s AND (d.met_at AT TIME ZONE 'Asia/Shanghai')::date <= d.due_on, false) AS in_time
    FROM county_deadline d
    JOIN county_petition p ON p.id = d.petition_id AND {LIVE_P}
    LEFT JOIN LATERAL ({CLASSIFIED}) k ON true
    WHERE d.clock IN ('disposition', 'report', 'simple_reply') AND d.due_on BETWEEN %(first)s AND %(last)s AND {RUNS}
      AND (d.met_at <= %(at)s OR d.due_on < {TODAY})
      AND p.channel = ANY(%(channels)s) AND NOT COALESCE(k.is_litigation, false)
)"""  # noqa: S608  # put together from the constants above

# The date that governs an answer: the lead's where a unit reports back, the office's own where it does not.
GOVERNING = f"""
SELECT d.due_on, d.unit_id FROM county_deadline d
WHERE d.petition_id = p.id AND {RUNS} AND CASE
    WHEN o.kind = ANY(%(reports_back)s) THEN d.clock IN ('report', 'simple_reply') AND EXISTS (
        SELECT 1 FROM county_assignment a
        WHERE a.petition_id = p.id AND a.unit_id = d.unit_id AND a.is_lead AND a.issued_at <= %(at)s
          AND (a.withdrawn_at IS NULL OR a.withdrawn_at > %(at)s))
    ELSE d.clock = 'disposition' END
ORDER BY d.id DESC LIMIT 1"""  # noqa: S608  # put together from the constants above

TOLD = """
SELECT min(v.delivered_at) FILTER (WHERE v.method <> %(impossible)s) AS at,
       COALESCE(bool_or(v.method = %(impossible)s), false) AS attempt_failed
FROM county_reply y JOIN county_delivery v ON v.reply_id = y.id
WHERE y.petition_id = p.id AND y.kind = ANY(%(final)s) AND y.replied_at <= %(at)s
  AND v.delivered_at <= %(at)s AND v.recorded_at <= %(at)s AND v.proof <> ''"""

OWED = f"""
owed AS MATERIALIZED (
    SELECT p.id, p.channel, g.due_on, g.unit_id,
           COALESCE((told.at AT TIME ZONE 'Asia/Shanghai')::date <= g.due_on, false) AS in_time
    FROM (SELECT DISTINCT d.petition_id AS id FROM county_deadline d
          WHERE d.clock IN ('disposition', 'report', 'simple_reply')
            AND d.due_on BETWEEN %(first)s AND %(last)s AND {RUNS}) near
    JOIN county_petition p ON p.id = near.id AND {LIVE_P}
    JOIN county_petitioner w ON w.id = p.petitioner_id
    LEFT JOIN county_disposition o ON o.petition_id = p.id AND {STANDS}
    JOIN LATERAL ({GOVERNING}) g ON g.due_on BETWEEN %(first)s AND %(last)s
    LEFT JOIN LATERAL ({TOLD}) told ON true
    LEFT JOIN LATERAL ({CLASSIFIED}) k ON true
    WHERE p.channel = ANY(%(channels)s) AND NOT COALESCE(o.kind = ANY(%(unanswered)s), false)
      AND NOT COALESCE(k.is_litigation, false) AND (told.at IS NOT NULL OR g.due_on < {TODAY})
      AND (told.at IS NOT NULL OR w.kind = 'named' OR w.address <> '' OR NOT (told.attempt_failed OR NOT (
          w.phone <> '' OR EXISTS (
              SELECT 1 FROM county_representative s WHERE s.petition_id = p.id AND s.phone <> ''))))
)"""  # noqa: S608  # put together from the constants above

# Each line: indicator, petition, unit where the item is about one, channel, day, in the part, in the whole.
ITEMS = f"""
{COUNTED}, {ENDING}, {OWED}, items (indicator, petition_id, unit_id, channel, day, part, whole) AS (
SELECT 'satisfied', id, NULL::bigint, channel, day, (satisfaction IN ('satisfied', 'mostly'))::int, 1
FROM asked WHERE satisfaction IS NOT NULL
UNION ALL
SELECT 'evaluated', id, NULL, channel, day, (satisfaction IS NOT NULL)::int, 1 FROM asked
UNION ALL
SELECT 'repeated', id, NULL, channel, day, (recurrence = 'repeat')::int, 1
FROM counted WHERE recurrence IS NOT NULL AND NOT is_litigation
UNION ALL
SELECT 'first_matters', id, NULL, channel, day, is_first::int, 1 FROM counted
UNION ALL
SELECT 'group_visits', id, NULL, channel, day, is_group::int, 1 FROM counted WHERE channel = 'walk_in'
UNION ALL
SELECT 'group_people', id, NULL, channel, day, is_group::int * head_count, head_count
FROM counted WHERE channel = 'walk_in'
UNION ALL
SELECT 'read_by_leader', id, NULL, channel, day, (COALESCE(read_by_leader AND read_at <= %(at)s, false) OR EXISTS (
           SELECT 1 FROM county_instruction i WHERE i.petition_id = counted.id AND i.read_at <= %(at)s))::int, 1
FROM counted
UNION ALL
SELECT 'timely_disposition', petition_id, NULL, channel, due_on, in_time::int, 1
FROM ending WHERE clock = 'disposition'
UNION ALL
SELECT 'timely_report', petition_id, unit_id, channel, due_on, in_time::int, 1
FROM ending WHERE clock <> 'disposition'
UNION ALL
SELECT 'timely_reply', id, unit_id, channel, due_on, in_time::int, 1 FROM owed
UNION ALL
SELECT 'returned', n.petition_id, n.unit_id, n.channel, n.due_on, EXISTS (
           SELECT 1 FROM county_assignment a JOIN county_report t ON t.assignment_id = a.id
           WHERE a.petition_id = n.petition_id AND a.unit_id = n.unit_id AND t.returned_at <= %(at)s)::int, 1
FROM ending n WHERE n.clock <> 'disposition' AND n.is_met
UNION ALL
SELECT 'oversight_steps', p.id, a.unit_id, p.channel, (s.issued_at AT TIME ZONE 'Asia/Shanghai')::date,
       (s.level <> %(reminder)s)::int, 1
FROM county_oversight s JOIN county_assignment a ON a.id = s.assignment_id
JOIN county_petition p ON p.id = s.petition_id AND {LIVE_P}
WHERE s.issued_at <= %(at)s AND (s.issued_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s
  AND p.channel = ANY(%(channels)s)
UNION ALL
SELECT m.indicator, NULL, c.unit_id, %(none)s::text, (c.made_at AT TIME ZONE 'Asia/Shanghai')::date,
       (COALESCE(c.answered_at <= %(at)s, false) AND c.adoption = ANY(m.adoptions))::int, 1
FROM county_recommendation c CROSS JOIN (VALUES
    ('recommendations_answered', %(answers)s::text[]), ('recommendations_adopted', %(adopted)s::text[])
) AS m(indicator, adoptions)
WHERE c.made_at <= %(at)s AND (c.made_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s
)"""  # noqa: S608  # put together from the constants above

ITEM_VALUES: dict[str, str | list[str]] = {
    "reports_back": sorted(kind.value for kind in REPORTS_BACK),
    "unanswered": sorted([DispositionKind.FILED.value, DispositionKind.MERGED.value]),
    "reminder": Level.REMINDER.value,
    "none": ReportedChannel.NONE.value,
    "answers": sorted(one.value for one in Adoption),
    "adopted": sorted([Adoption.YES.value, Adoption.PARTLY.value]),
}

MARGINS = f"""
WITH {ITEMS}
SELECT indicator, channel, sum(part)::bigint, sum(whole)::bigint FROM items GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608  # put together from the constants above

CELLS = f"""
WITH {ITEMS}
SELECT i.indicator, i.channel, COALESCE(k.purpose, ''), COALESCE(left(k.category_code, 2), ''),
       sum(i.part)::bigint, sum(i.whole)::bigint
FROM items i JOIN county_petition p ON p.id = i.petition_id LEFT JOIN LATERAL ({CLASSIFIED}) k ON true
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""  # noqa: S608  # put together from the constants above

# Of a receipt that was split the first petition tells where it belongs; of one that nobody registered nothing does.
OF_RECEIPTS = f"""
FROM county_receipt r
LEFT JOIN LATERAL (
    SELECT f.id FROM county_petition f WHERE f.receipt_id = r.id AND {LIVE.format(p="f")} ORDER BY f.id LIMIT 1
) of_receipt ON true
LEFT JOIN county_petition p ON p.id = of_receipt.id
CROSS JOIN LATERAL (SELECT NULL::bigint AS unit_id, r.channel, r.received_on AS day) i
LEFT JOIN LATERAL ({CLASSIFIED}) k ON true
WHERE {COUNTS}
"""  # noqa: S608  # put together from the constants above

CELL_OF_RECEIPTS = f"""
SELECT r.id, COALESCE(k.purpose, ''), COALESCE(left(k.category_code, 2), '') {OF_RECEIPTS}
"""

# The unit that answers for it: the one the item is about, else the lead's, the main petition's for a merged one.
UNIT_CODE = f"""COALESCE((
    SELECT u.code FROM county_unit u WHERE u.id = COALESCE(i.unit_id, (
        SELECT a.unit_id FROM county_assignment a
        WHERE a.petition_id = COALESCE((
                SELECT followed.id FROM county_disposition own JOIN LATERAL ({MAIN}) followed ON true
                WHERE own.petition_id = p.id AND own.kind = 'merged' AND own.decided_at <= %(at)s
                  AND (own.withdrawn_at IS NULL OR own.withdrawn_at > %(at)s)), p.id)
          AND a.issued_at <= %(at)s AND (a.withdrawn_at IS NULL OR a.withdrawn_at > %(at)s)
        ORDER BY a.is_lead DESC, a.id LIMIT 1))), '')"""  # noqa: S608  # put together from the constants above

LEADER_NAME = """COALESCE(
    CASE WHEN p.read_by_leader AND p.read_at <= %(at)s THEN p.reader_name END,
    (SELECT n.leader_name FROM county_instruction n WHERE n.petition_id = p.id AND n.read_at <= %(at)s
     ORDER BY n.read_at, n.id LIMIT 1), '')"""
