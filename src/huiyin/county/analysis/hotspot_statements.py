"""Statement: the petitions of a window with their matters, as they stood at an instant."""

from .statements import AS_IT_STANDS, COUNTS

STOOD = "{row}.registered_at <= %(at)s AND ({row}.voided_at IS NULL OR {row}.voided_at > %(at)s)"


def _last(name: str) -> str:
    """Return the journal's last word on one part of a classification, or of its review."""
    value = f"""COALESCE(j."values"->'{name}', j."values"->'decided'->'{name}')"""
    return f"(array_agg({value} ORDER BY j.number DESC) FILTER (WHERE {value} IS NOT NULL))[1] AS {name}"


# As it stands; or by the journal, where it was classified anew or reviewed since.
CLASSED = f"""
SELECT p.category_code, p.tags::text[] AS tags, p.statute_code WHERE {AS_IT_STANDS}
UNION ALL
SELECT w.category_code #>> '{{}}', ARRAY(SELECT jsonb_array_elements_text(w.tags)), w.statute_code #>> '{{}}'
FROM (SELECT {_last("category_code")}, {_last("tags")}, {_last("statute_code")}
      FROM county_journal_entry j
      WHERE p.classified_at IS NOT NULL AND ({AS_IT_STANDS}) IS NOT TRUE AND j.petition_id = p.id
        AND j.event IN ('petition.classified', 'petition.reclassified') AND j.at <= %(at)s
      HAVING bool_or(j.event = 'petition.classified')) w"""  # noqa: S608  # put together from the constants above

# ``first_on`` is the day on which the matter first reached the office; units are those that have or had it in hand.
LETTERS = f"""
SELECT p.matter_id, p.id, p.number, r.received_on,
       (SELECT min(e.received_on) FROM county_petition e
        WHERE e.matter_id = p.matter_id AND {STOOD.format(row="e")}) AS first_on,
       COALESCE(k.category_code, ''), COALESCE(k.tags, '{{}}'), COALESCE(k.statute_code, ''), p.place,
       ARRAY(SELECT DISTINCT u.code FROM county_assignment a
             JOIN county_petition q ON q.id = a.petition_id JOIN county_unit u ON u.id = a.unit_id
             WHERE q.matter_id = p.matter_id AND q.confidentiality = 'ordinary' AND a.kind <> 'sealed_transfer'
               AND a.issued_at <= %(at)s AND (a.withdrawn_at IS NULL OR a.withdrawn_at > %(at)s)
             ORDER BY u.code) AS units,
       greatest(p.head_count, p.signer_count, 1), p.is_group, p.confidentiality <> 'ordinary'
FROM county_receipt r JOIN county_petition p ON p.receipt_id = r.id AND {STOOD.format(row="p")}
LEFT JOIN LATERAL ({CLASSED}) k ON true
WHERE {COUNTS}
ORDER BY r.received_on, p.id
"""  # noqa: S608  # put together from the constants above

BEGINS = f"SELECT min(p.received_on) FROM county_petition p WHERE {STOOD.format(row='p')}"  # noqa: S608  # likewise
