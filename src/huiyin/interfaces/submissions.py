"""Carrying something out once: the same form or call again gets the same answer (SAFETY §1)."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from huiyin.county.journal.models import Submission
from huiyin.interfaces import refusals
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal

KEY_LENGTHS = range(16, 81)
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
CLAIM = """
    INSERT INTO county_submission (key, fingerprint, answer, at) VALUES (%s, %s, '{}', %s)
    ON CONFLICT (key) DO NOTHING
"""


def fingerprint_of(values: object) -> str:
    """Return a short hash of what was sent, to tell the same key with another body."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def query_code_of(key: str) -> str:
    """Return the query code that belongs to a submission key.

    Derived from the key under the installation's secret, so that a repeated call shows the same code
    although only its digest is stored; unpredictable to whoever lacks the secret.
    """
    message = f"{tenant.current().schema}:{key}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), b"query-code:" + message, hashlib.sha256).digest()
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:CODE_LENGTH])


def once(
    *, key: str, sent: object, at: datetime, act: Callable[[], Mapping[str, str | int | None]]
) -> dict[str, str | int | None]:
    """Carry out ``act`` unless this key was carried out before; return its answer, the same one every time.

    A second caller with the same key waits for the first one's transaction. A refused act leaves no key, and is noted
    for the audit log, which the page may not forget.
    """
    try:
        return _once(key=key, sent=sent, at=at, act=act)
    except Refusal as refusal:
        refusals.note(refusal)
        raise


@transaction.atomic
def _once(
    *, key: str, sent: object, at: datetime, act: Callable[[], Mapping[str, str | int | None]]
) -> dict[str, str | int | None]:
    if len(key) not in KEY_LENGTHS:
        raise Refusal("submission.bad_key", "提交标识长度应为16至80个字符")
    fingerprint = fingerprint_of(sent)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, fingerprint, at])
        is_new = cursor.rowcount == 1
    if not is_new:
        known = Submission.objects.get(key=key)
        if known.fingerprint != fingerprint:
            raise Refusal("submission.other_body", "这张表单已经提交过，内容却不相同；请重新打开页面再填")
        answer: dict[str, str | int | None] = known.answer
        return answer
    answer = dict(act())
    Submission.objects.filter(key=key).update(answer=answer)
    return answer
