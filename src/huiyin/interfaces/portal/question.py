"""The petitioner's question without an account: number and query code, asked on the portal's page or by program."""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from huiyin.accounts import actions as accounts
from huiyin.county.assignment.models import Assignment
from huiyin.county.document.models import Document
from huiyin.county.registry.models import Petition
from huiyin.county.registry.query_codes import digest_of_code, key_of_code
from huiyin.county.registry.querysets import PetitionQuerySet
from huiyin.county.registry.web_models import Supplement, WebSubmission
from huiyin.county.reply.models import Evaluation, ReopenRequest, Reply
from huiyin.kernel.refusal import Refusal

NAME_LIMIT = 40
CODE_LENGTH = 12
NUMBER_LIMIT, CODE_LIMIT = 60, 30
LAST_DIGITS = re.compile(r"[0-9]{4}")
SAME_CODE = 5
BRACKETS = str.maketrans({**dict.fromkeys("([{【", "〔"), **dict.fromkeys(")]}】", "〕")})


@dataclass(frozen=True, slots=True)
class Found:
    """What a number and its code lead to: a petition, or what was sent by the page and waits for registration."""

    petition: Petition | None = None
    submission: WebSubmission | None = None

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self.petition is not None or self.submission is not None


NOTHING = Found()


def asked_for(*, number: str, code: str, source: str, at: datetime) -> Found:
    """Return what belongs to number and code (or to the phone's last four digits and code); count what failed.

    An unknown number and a wrong code get the same answer. The source stands in the name, not beside it: petitioners
    who mistype must not lock the office's own sign-in.
    """
    name = f"portal:{source}"[:NAME_LIMIT]
    try:
        accounts.check_not_locked(username=name, source=None, at=at)
    except Refusal:
        raise Refusal("status.locked", "查询失败次数过多，请15分钟后再试，或打电话向信访办公室询问") from None
    number, code = written_number(number), written_code(code)
    found = _by_phone(number, code) if LAST_DIGITS.fullmatch(number) else _by_number(number, code)
    if not found:
        accounts.note_failure(username=name, source=None, at=at)
        raise Refusal("status.no_such_pair", "编号或查询码不正确，请核对后再试")
    return found


def _fits(number: str, code: str, kept: str) -> bool:
    """Whether the code is the one kept of the number; where nothing is kept the same time passes and it is not."""
    return hmac.compare_digest(digest_of_code(number, code), kept or digest_of_code("", "")) and bool(kept)


def _by_number(number: str, code: str) -> Found:
    """Find by the petition's or the receipt's number; a code given on the page opens the petition that came of it."""
    petition = _petitions().filter(number=number).first()
    of_number = Q(receipt__number=number) | Q(receipt__petitions__number=number)
    submission = WebSubmission.objects.filter(of_number).select_related("receipt").order_by("pk").first()
    own = _fits(number, code, petition.query_code_digest if petition else "")
    sent = _fits(
        submission.receipt.number if submission else number, code, submission.query_code_digest if submission else ""
    )
    if petition is not None:
        return Found(petition=petition) if own or sent else NOTHING
    return standing_of(submission) if submission is not None and sent else NOTHING


def _by_phone(digits: str, code: str) -> Found:
    """Find by the code alone where the phone ends with these digits (DOMAIN §3)."""
    key = key_of_code(code)
    petitions = list(_petitions().filter(query_code_key=key).order_by("pk")[:SAME_CODE])
    submissions = list(
        WebSubmission.objects.filter(query_code_key=key).select_related("receipt").order_by("pk")[:SAME_CODE]
    )
    of_petition = _ending([(one.petitioner.phone, Found(petition=one)) for one in petitions], digits)
    of_submission = _ending([(one.phone, Found(submission=one)) for one in submissions], digits)
    found = of_petition or of_submission
    return standing_of(found.submission) if found.submission is not None else found


def _ending(known: Iterable[tuple[str, Found]], digits: str) -> Found:
    found = NOTHING
    for phone, one in known:
        if hmac.compare_digest(phone[-len(digits) :].encode(), digits.encode()) and not found:
            found = one
    return found


def _petitions() -> PetitionQuerySet:
    """Return petitions with what the answer needs to know before it asks for more: most have none of it yet."""
    of_it = OuterRef("pk")
    return (
        Petition.objects.select_related("petitioner")
        .defer("grams", "searchable", "person_keys")
        .annotate(
            has_replies=Exists(Reply.objects.filter(petition=of_it)),
            has_evaluations=Exists(Evaluation.objects.filter(petition=of_it)),
            has_reopenings=Exists(ReopenRequest.objects.filter(petition=of_it)),
            has_papers=Exists(Document.objects.addressed_to_petitioner().filter(petition=of_it)),
            has_assignments=Exists(Assignment.objects.filter(petition=of_it)),
            has_supplements=Exists(Supplement.objects.filter(petition=of_it)),
            has_others=Exists(Petition.objects.filter(receipt=OuterRef("receipt")).exclude(pk=of_it)),
        )
    )


def standing_of(submission: WebSubmission) -> Found:
    """Return the petition that came of what was sent by the page, or that it still waits."""
    petition = _petitions().filter(receipt=submission.receipt_id).order_by("pk").first()
    return Found(petition=petition) if petition is not None else Found(submission=submission)


def petition_of(pk: int) -> Petition | None:
    """Return a petition as the petitioner's pages need it."""
    return _petitions().filter(pk=pk).first()


def written_number(written: str) -> str:
    """Return a number as the office prints it: petitioners write brackets and spaces in every way."""
    return "".join(unicodedata.normalize("NFKC", written).split()).translate(BRACKETS)


def written_code(written: str) -> str:
    """Return a query code without the spaces and dashes that people read it out with."""
    return "".join(mark for mark in written.upper() if mark.isalnum())[: CODE_LENGTH * 2]
