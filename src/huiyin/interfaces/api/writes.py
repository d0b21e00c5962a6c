"""Every write of the API runs through here: once per Idempotency-Key, with the same answer every time."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from pydantic import BaseModel

from huiyin.interfaces import submissions
from huiyin.kernel.refusal import Refusal

from .access import caller
from .schemas import Done


def carried_out(request: HttpRequest, body: BaseModel | None, at: datetime, act: Callable[[], Done]) -> Done:
    """Carry out a call under its key; the account and the address belong to what was sent."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Refusal("submission.key_missing", "请在 Idempotency-Key 头中给出本次提交的唯一标识（16至80个字符）")
    sent = [request.path, caller(request).pk, body.model_dump(mode="json") if body else None]
    answer = submissions.once(key=key, sent=sent, at=at, act=lambda: act().model_dump(exclude={"query_code"}))
    return Done.model_validate(answer)
