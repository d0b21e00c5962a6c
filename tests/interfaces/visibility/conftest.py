"""One petition of every kind, each with words that stand nowhere else, and everybody who may come to look for them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import dramatiq
import pytest
from django.db import connection
from django.test import Client

from huiyin.accounts.actions import issue_api_token, open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.actions import assignments, dispositions, reports, splits
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.document.states import DocumentKind
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.actions import attachments, petitions, receipts, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence
from huiyin.county.reply.actions import archives, replies
from huiyin.county.reply.states import Method, ReplyKind, Retention
from huiyin.documents import writing
from huiyin.kernel.calendar import local_day
from huiyin.kernel.identity import CHECK_DIGITS, WEIGHTS
from huiyin.kernel.tenant import PUBLIC, Tenant, entered

from .supervised import supervised

KINDS = (
    "ordinary", "mixed_claim", "mixed_accusation", "sealed", "sealed_for_leader", "sealed_on_head", "sealed_on_unit",
    "number_only", "recused", "archived", "void", "unsealed",
)  # fmt: skip
# ◇ stands in no word of the office; the first sign tells the kind, the second the field.
SIGN_OF_KIND = dict(zip(KINDS, "甲乙丙丁戊己庚辛壬癸子丑", strict=True))
SIGN_OF_FIELD = {
    "name": "姓",
    "summary": "概",
    "content": "文",
    "claim": "诉",
    "place": "地",
    "address": "址",
    "note": "阅",
    "receipt_note": "备",
    "file": "件",
    "shared_file": "转",
    "scan": "像",
    "accused": "告",
    "instruction": "批",
    "void_reason": "废",
}
PERSONAL = frozenset({"phone", "identity", "address"})
COUNTY_HOST, OTHER_HOST = "qinglan.localhost", "baiyun.localhost"


def canary(kind: str, what: str) -> str:
    """Return the words that stand in one field of one petition and nowhere else."""
    place = KINDS.index(kind)
    if what == "phone":
        return f"139770{place:02d}001"
    if what == "identity":
        digits = f"4199991975{place + 1:02d}11{place:03d}"
        return digits + CHECK_DIGITS[sum(int(one) * by for one, by in zip(digits, WEIGHTS, strict=True)) % 11]
    sign = SIGN_OF_KIND[kind]
    return f"◇{sign}{SIGN_OF_FIELD[what]}{sign}◇"


@dataclass
class Story:
    """The petitions by kind, and the office in which they happened."""

    people: Any
    at: datetime
    petitions: dict[str, Petition] = field(default_factory=dict)

    def word(self, kind: str, what: str) -> str:
        return canary(kind, what)

    def number(self, kind: str) -> str:
        return self.petitions[kind].number

    def later(self) -> datetime:
        self.at += timedelta(minutes=7)
        return self.at

    def receipt(self, kind: str, by: Staff, *, words: str) -> int:
        at = self.later()
        return receipts.take_receipt(
            channel=Channel.LETTER,
            received_on=local_day(at),
            sender=canary(kind, "name"),
            note=canary(words, "receipt_note"),
            by=by,
            at=at,
        ).pk

    def register(self, kind: str, *, of: str = "", sealed: bool = False) -> Petition:
        """Take the letter in, register it, keep its scan and read it; ``of`` names whose words stand in it."""
        by, words = self.people.restricted if sealed else self.people.clerk, of or kind
        registration = Registration(
            summary=f"反映{canary(words, 'summary')}的事",
            name=canary(kind, "name"),
            identity_number=canary(kind, "identity"),
            phone=canary(kind, "phone"),
            address=f"松林镇上松村{canary(kind, 'address')}",
            content=canary(words, "content"),
            place=canary(kind, "place"),
            claims=(canary(words, "claim"),),
            confidentiality=Confidentiality.SEALED if sealed else Confidentiality.ORDINARY,
        )
        receipt_id = self.receipt(kind, by, words=words)
        made = petitions.register(receipt_id=receipt_id, registration=registration, by=by, at=self.later()).petition
        self.keep(made, words, "file", AttachmentKind.ORIGINAL, by=by)
        petitions.read(petition_id=made.pk, note=f"已阅，{canary(words, 'note')}", by=by, at=self.later())
        self.petitions[kind] = made
        return made

    def keep(self, petition: Petition, kind: str, what: str, of: AttachmentKind, *, by: Staff) -> int:
        scan = f"%PDF-1.4\n{canary(kind, 'scan') if what == 'file' else what}{kind}\n%%EOF".encode()
        name = f"{canary(kind, what)}.pdf"
        row = attachments.attach(petition_id=petition.pk, kind=of, name=name, data=scan, by=by, at=self.later())
        return row.pk

    def classify(self, petition: Petition, *, by: Staff | None = None) -> None:
        purpose = Purpose.CLAIM if by is None else Purpose.ACCUSATION
        classes = Classification(purpose, "0110", "农业农村/农业水费", Recurrence.FIRST)
        by = by or self.people.clerk
        petitions.classify(petition_id=petition.pk, classification=classes, by=by, at=self.later())

    def give(self, petition: Petition, *, unit: str = "water", files: tuple[int, ...] = ()) -> Assignment:
        return dispositions.assign(
            petition_id=petition.pk,
            kind=DispositionKind.ASSIGNMENT,
            unit_code=unit,
            handler_name="何立群",
            redaction_confirmed=True,
            attachment_ids=files,
            by=self.people.head,
            at=self.later(),
        )

    def take_back(self, given: Assignment) -> None:
        assignments.withdraw(assignment_id=given.pk, reason="交办有误", by=self.people.head, at=self.later())

    def instruct(self, petition: Petition, kind: str) -> None:
        by, leader = self.people.restricted, self.people.leader
        put = instructions.put(
            petition_id=petition.pk, leader=leader, reason=PutReason.IMPORTANT, by=by, at=self.later()
        )
        wish = Wish(words=f"请核实{canary(kind, 'instruction')}")
        instructions.write(instruction_id=put.pk, wish=wish, by=leader, at=self.later())


def ordinary(story: Story) -> None:
    petition = story.register("ordinary")
    file = story.keep(petition, "ordinary", "shared_file", AttachmentKind.OTHER, by=story.people.clerk)
    story.instruct(petition, "ordinary")
    story.classify(petition)
    story.give(petition, files=(file,))


def mixed(story: Story) -> None:
    """一信两事: the words of the whole letter belong to the accusation; the claim has words of its own."""
    people = story.people
    petition = story.register("mixed_claim", of="mixed_accusation")
    writing.write_on_demand(
        kind=DocumentKind.REGISTRATION_FORM, petition_id=petition.pk, by=people.clerk, at=story.later()
    )
    entry = SplitEntry(
        summary=canary("mixed_claim", "summary"),
        excerpt=canary("mixed_claim", "content"),
        accusation=canary("mixed_accusation", "summary"),
        accused=(AccusedEntry(canary("mixed_accusation", "accused"), "站长"),),
        claims=(canary("mixed_claim", "claim"),),
    )
    story.petitions["mixed_accusation"] = splits.split(
        petition_id=petition.pk, entry=entry, checked_by=people.head, by=people.restricted, at=story.later()
    )
    file = story.keep(petition, "mixed_claim", "shared_file", AttachmentKind.OTHER, by=people.clerk)
    story.classify(petition)
    story.give(petition, files=(file,))


def seal(story: Story, kind: str, *, accused: AccusedEntry, leader: Staff | None = None) -> Petition:
    petition = story.register(kind)
    people = story.people
    secrecy.seal(
        petition_id=petition.pk,
        accused=[accused],
        keeper=people.restricted,
        named_leader=leader,
        by=people.restricted,
        at=story.later(),
    )
    return petition


def sealed(story: Story) -> None:
    people = story.people
    petition = story.register("sealed", sealed=True)
    accused = [AccusedEntry(canary("sealed", "accused"))]
    secrecy.accuse(petition_id=petition.pk, accused=accused, by=people.restricted, at=story.later())
    story.classify(petition, by=people.restricted)
    kind = "sealed_for_leader"
    named = seal(story, kind, accused=AccusedEntry(canary(kind, "accused")), leader=people.leader)
    story.instruct(named, kind)
    kind = "sealed_on_head"
    seal(story, kind, accused=AccusedEntry(canary(kind, "accused"), staff_id=people.head.pk))
    kind = "sealed_on_unit"
    seal(story, kind, accused=AccusedEntry(canary(kind, "accused"), unit_code="water"))


def number_only(story: Story) -> None:
    by = story.people.restricted
    receipt_id = receipts.take_receipt(
        channel=Channel.LETTER, received_on=local_day(story.at), by=by, at=story.later()
    ).pk
    hidden = (story.people.head,)
    done = secrecy.take_number_only(receipt_id=receipt_id, by=by, at=story.later(), hidden_from=hidden)
    story.petitions["number_only"] = done.petition


def recused(story: Story) -> None:
    people = story.people
    petition = story.register("recused")
    story.instruct(petition, "recused")
    story.classify(petition)
    story.give(petition)
    for person in (people.clerk, people.leader):
        secrecy.recuse(
            petition_id=petition.pk, staff=person, reason="亲属", keeper=people.head, by=people.head, at=story.later()
        )


def archived(story: Story) -> None:
    people = story.people
    petition = story.register("archived")
    story.classify(petition)
    given = story.give(petition)
    by = people.head
    assignments.sign(
        assignment_id=given.pk, handler_name="何立群", handler_phone="0199-5550111", by=by, at=story.later()
    )
    answers = tuple(ClaimAnswer(claim.pk, Outcome.SUPPORTED, "已经退还多收部分") for claim in petition.claims.all())
    facts = "经查，2025年多收水费420元，已逐户核对并公示。"
    entry = ReportEntry(facts=facts, basis="《水法》", measures="退还", handler_name="何立群", answers=answers)
    reports.report(assignment_id=given.pk, entry=entry, by=by, at=story.later())
    reports.verify(assignment_id=given.pk, by=by, at=story.later())
    answer = replies.reply(petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="已退还。", by=by, at=story.later())
    replies.deliver(
        reply_id=answer.pk,
        method=Method.POST,
        delivered_at=story.later(),
        proof="挂号信 XA0001",
        by=by,
        at=story.later(),
    )
    replies.close(petition_id=petition.pk, by=by, at=story.later())
    archives.archive(
        petition_id=petition.pk,
        file_number="2026-永-001",
        retention=Retention.PERMANENT,
        pages=9,
        by=by,
        at=story.later(),
    )


def void(story: Story) -> None:
    people, petition = story.people, story.register("void")
    reason = canary("void", "void_reason")
    petitions.void(petition_id=petition.pk, reason=reason, approver=people.head, by=people.clerk, at=story.later())


def unsealed(story: Story) -> None:
    people = story.people
    accused = AccusedEntry(canary("unsealed", "accused"), unit_code="water")
    petition = seal(story, "unsealed", accused=accused)
    secrecy.unseal(
        petition_id=petition.pk, reason="属于求决", approver=people.leader, by=people.restricted, at=story.later()
    )
    story.classify(petition)
    story.give(petition, unit="agriculture")


TOLD = (ordinary, mixed, sealed, number_only, recused, archived, void, unsealed, supervised)


@dataclass(frozen=True)
class Reader:
    """Somebody at the screens and at the API of one office."""

    name: str
    staff: Staff | None
    client: Client
    token: str
    host: str
    keys: Iterator[int]

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query, HTTP_HOST=self.host)

    def call(self, path: str, **query: str) -> Any:
        return Client().get(path, query, HTTP_HOST=self.host, headers=self.bearer)

    def post(self, path: str, **values: object) -> Any:
        values.setdefault("form_token", f"visibility-{next(self.keys):08d}")
        return self.client.post(path, values, HTTP_HOST=self.host)

    def send(self, path: str, body: object = None) -> Any:
        headers = {**self.bearer, "Idempotency-Key": f"visibility-{next(self.keys):012d}"}
        data = json.dumps(body or {}, ensure_ascii=False)
        return Client().post(path, data, content_type="application/json", HTTP_HOST=self.host, headers=headers)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def waiting() -> list[dict[str, Any]]:
    """Return the messages in the queue, oldest first."""
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT message::text FROM dramatiq.queue ORDER BY position")
        return [json.loads(text) for (text,) in cursor.fetchall()]


@pytest.fixture
def tell(people: Any) -> Callable[[], Story]:
    """Tell the story of every kind of petition, and do every job that follows from it."""

    def told() -> Story:
        for name, unit in (("guan", "irrigation_station"), ("fu", "government")):
            open_account(
                username=name, name=name, roles=frozenset({Role.UNIT_CLERK}), at=datetime.now(UTC), unit_code=unit
            )
        before = {message["message_id"] for message in waiting()}
        story = Story(people, datetime.now(UTC) - timedelta(days=2))
        for chapter in TOLD:
            chapter(story)
        do_jobs(before)
        return story

    return told


def do_jobs(done: set[str]) -> None:
    """Deliver what the events sent to the background, until nothing new waits."""
    while new := [message for message in waiting() if message["message_id"] not in done]:
        for message in new:
            done.add(message["message_id"])
            dramatiq.get_broker().get_actor(message["actor_name"])(**message["kwargs"])


@pytest.fixture
def story(tell: Callable[[], Story]) -> Story:
    """The petitions of every kind."""
    return tell()


@pytest.fixture
def reader(people: Any, other_county: Tenant) -> Callable[[str], Reader]:
    """Let somebody come: a role of ACCOUNTS, the subordinate's or superior's clerk, a stranger, or nobody."""
    keys = count(1)
    by_username = {"subordinate_clerk": "guan", "superior_clerk": "fu"}

    def opened(name: str) -> Reader:
        if name == "stranger":
            with entered(other_county):
                staff = Staff.objects.get(username="ma")
                return signed_in(name, staff, OTHER_HOST)
        if name == "nobody":
            return Reader(name, None, Client(), "", COUNTY_HOST, keys)
        username = by_username.get(name)
        staff = Staff.objects.get(username=username) if username else getattr(people, name)
        return signed_in(name, staff, COUNTY_HOST)

    def signed_in(name: str, staff: Staff, host: str) -> Reader:
        client = Client()
        client.force_login(staff, backend="huiyin.accounts.backend.StaffBackend")
        token = issue_api_token(staff=staff, name="试验", at=datetime.now(UTC))
        return Reader(name, staff, client, token, host, keys)

    return opened
