"""The fingerprint of a schema: everything in it that the catalog knows, without the schema's own name."""

import hashlib
import re
from dataclasses import dataclass

from huiyin.project.tenancy.backend.base import DatabaseWrapper

PARTS = {
    "column": """
        SELECT format('%%s.%%s #%%s', c.relname, a.attname, a.attnum),
               concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
                         nullif('identity ' || a.attidentity::text, 'identity '),
                         nullif('generated ' || a.attgenerated::text, 'generated '),
                         'default ' || pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": """
        SELECT format('%%s.%%s', c.relname, k.conname), concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.connamespace = %(schema)s::regnamespace""",
    "index": """
        SELECT format('%%s.%%s', t.relname, c.relname), concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        WHERE c.relnamespace = %(schema)s::regnamespace""",
    "trigger": """
        SELECT format('%%s.%%s', c.relname, g.tgname), pg_get_triggerdef(g.oid)
        FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
        WHERE c.relnamespace = %(schema)s::regnamespace AND NOT g.tgisinternal""",
    "function": """
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid)
        FROM pg_proc p WHERE p.pronamespace = %(schema)s::regnamespace AND p.prokind IN ('f', 'p')""",
    "sequence": """
        SELECT c.relname,
               concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmax, s.seqcycle)
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
        WHERE c.relnamespace = %(schema)s::regnamespace""",
    "policy": """
        SELECT format('%%s.%%s', c.relname, p.polname), pg_get_expr(p.polqual, p.polrelid)
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE c.relnamespace = %(schema)s::regnamespace""",
}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One line per thing, sorted."""

    lines: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The lines as one hash."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


def of_schema(connection: DatabaseWrapper, schema: str) -> Fingerprint:
    """Read the fingerprint from the catalog."""
    name = re.compile(rf'\b{re.escape(schema)}\.|"{re.escape(schema)}"\.')
    lines: list[str] = []
    with connection.cursor() as cursor:
        for part, question in PARTS.items():
            cursor.execute(question, {"schema": schema})
            lines += [f"{part} {thing}: {name.sub('', definition or '')}" for thing, definition in cursor.fetchall()]
    return Fingerprint(tuple(sorted(lines)))
