"""Guessing a password from inside a session counts like guessing it at the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from huiyin.accounts.actions import check_not_locked, note_failure
from huiyin.accounts.models import Staff
from huiyin.kernel.refusal import Refusal


@contextmanager
def counted(*, by: Staff, source: str | None, at: datetime) -> Iterator[None]:
    """Refuse while the account is locked, and write a wrong present password down after the act was taken back."""
    check_not_locked(username=by.username, source=source, at=at)
    try:
        yield
    except Refusal as refusal:
        if refusal.code == "account.wrong_password":
            note_failure(username=by.username, source=source, at=at)
        raise
