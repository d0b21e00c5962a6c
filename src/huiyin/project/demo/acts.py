"""Acts: what the people of the living year do with one petition, each through the office's own actions."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Self

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Unit
from huiyin.county.registry.actions import (
    attachments,
    classifications,
    petitions,
    receipts,
    secrecy,
    supplements,
    urgency,
    web,
)
from huiyin.county.registry.intake_rules import ReceiptDetails, UrgentEntry
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import NEEDED_ORIGINAL, Classification, Registration, RepresentativeEntry
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import (
    Channel,
    Confidentiality,
    Jurisdiction,
    Origin,
    PetitionerKind,
    Purpose,
    Recurrence,
    Relation,
    UrgentReceiver,
)
from huiyin.county.registry.web_rules import WebEntry
from huiyin.kernel.calendar import local_day
from huiyin.platform.categories.queries import find_by_path
from huiyin.project.demo.cast import Cast
from huiyin.project.demo.days import Days
from huiyin.project.demo.items import SPARE_HANDLERS
from huiyin.project.demo.office import Office
from huiyin.project.demo.scans import picture

SOURCE = "demonstration"
PLACES = 6
POST_TAKES = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody came or wrote about, and who answers for it."""

    summary: str
    category: str
    name: str = ""
    phone: str = ""
    place: str = ""
    content: str = ""
    claims: tuple[str, ...] = ()
    unit: str = "water"
    channel: Channel = Channel.LETTER
    purpose: Purpose = Purpose.CLAIM
    tags: tuple[str, ...] = ()
    statute: str = ""
    head_count: int = 1
    representatives: tuple[str, ...] = ()
    details: ReceiptDetails = field(default_factory=ReceiptDetails)
    origin: Origin = Origin.DIRECT
    demanded_ahead: int = 0
    note: str = "诉求清楚，拟交责任单位办理"

    def told_in(self, office: Office) -> Self:
        """Return the matter with villages and a unit of this office."""
        places = tuple(islice(cycle(office.places), PLACES))
        return replace(
            self,
            summary=self.summary.format(p=places),
            place=self.place.format(p=places),
            content=self.content.format(p=places),
            claims=tuple(claim.format(p=places) for claim in self.claims),
            unit=office.unit(self.unit).code,
        )


@dataclass(slots=True)
class Way:
    """How far one petition has come: the rows that earlier acts made, for the later ones."""

    position: int
    matter: Matter
    cast: Cast
    days: Days
    others: Mapping[str, "Way"] = field(default_factory=dict)
    query_code: str = ""
    receipt_id: int = 0
    petition_id: int = 0
    assignment_id: int = 0
    reply_id: int = 0
    instruction_id: int = 0
    day_id: int = 0
    reception_id: int = 0
    confidentiality: Confidentiality = Confidentiality.ORDINARY

    @property
    def petition(self) -> Petition:
        """The petition as it stands."""
        return Petition.objects.get(pk=self.petition_id)

    @property
    def keeper(self) -> Staff:
        """Who works on it in the office."""
        is_ordinary = self.confidentiality is Confidentiality.ORDINARY
        return self.cast.clerk if is_ordinary else self.cast.restricted

    @property
    def handler(self) -> str:
        """Who handles it in its unit."""
        unit = Unit.objects.get(code=self.matter.unit)
        return next(iter(unit.handlers), SPARE_HANDLERS[self.position % len(SPARE_HANDLERS)])


Act = Callable[[Way, datetime], None]


def receive(way: Way, at: datetime) -> None:
    """收件: an envelope by the mail room, anything else by the clerk."""
    matter = way.matter
    due_on = way.days.ahead(matter.demanded_ahead) if matter.demanded_ahead else None
    is_letter = matter.channel is Channel.LETTER
    way.receipt_id = receipts.take_receipt(
        channel=matter.channel,
        received_on=local_day(at),
        postmarked_on=local_day(at) - POST_TAKES if is_letter else None,
        sender=matter.name,
        head_count=matter.head_count,
        origin=matter.origin,
        details=replace(matter.details, origin_due_on=due_on),
        by=way.cast.mail_room if is_letter else way.cast.clerk,
        at=at,
    ).pk


def send_by_page(way: Way, at: datetime) -> None:
    """网上信访: the petitioner fills in the page."""
    matter = way.matter
    entry = WebEntry(
        content=matter.content or matter.summary,
        name=matter.name,
        phone=matter.phone,
        place=matter.place,
        purpose=matter.purpose,
        summary=matter.summary,
        claims=matter.claims,
        has_consented=True,
    )
    way.receipt_id = web.submit(entry=entry, sent=(), code=secrets.token_hex(6), source=SOURCE, at=at).pk


def call_urgent(way: Way, at: datetime) -> None:
    """重大紧急: marked, the duty leader and the government office told by telephone, the report complete."""
    receipt_id, by = way.receipt_id, way.cast.clerk
    urgency.mark_urgent(receipt_id=receipt_id, reason="房屋开裂倾斜，随时可能倒塌，院内住有老人", by=by, at=at)
    for to, person, phone in (
        (UrgentReceiver.DUTY_LEADER, way.cast.leader.name, "0199-5550001"),
        (UrgentReceiver.GOVERNMENT_OFFICE, "值班员温启明", "0199-5550100"),
    ):
        entry = UrgentEntry(to=to, person=person, phone=phone, words=way.matter.summary, reported_at=at)
        urgency.report_urgent(receipt_id=receipt_id, entry=entry, by=by, at=at)
    urgency.finish_urgent(receipt_id=receipt_id, by=by, at=at)


def register(way: Way, at: datetime) -> None:
    """登记: a new matter."""
    _register(way, at=at)


def register_repeat(of: str) -> Act:
    """Return 登记重复件: the same person with the same matter as another of the living year."""

    def act(way: Way, at: datetime) -> None:
        _register(way, at=at, relation=Relation.REPEAT, earlier_id=way.others[of].petition_id)

    return act


def register_sealed(way: Way, at: datetime) -> None:
    """登记检举控告件: by the restricted officer, with whom it accuses."""
    way.confidentiality = Confidentiality.SEALED
    _register(way, at=at)
    accused = (AccusedEntry(name="卢广源", post="乡镇农业服务中心负责人"),)
    secrecy.accuse(petition_id=way.petition_id, accused=accused, by=way.keeper, at=at)


def register_number_only(way: Way, at: datetime) -> None:
    """密件登记: the number, and nothing else."""
    way.confidentiality = Confidentiality.NUMBER_ONLY
    way.petition_id = secrecy.take_number_only(receipt_id=way.receipt_id, by=way.keeper, at=at).petition.pk


def _register(way: Way, *, at: datetime, relation: Relation = Relation.NEW, earlier_id: int | None = None) -> None:
    registration = registration_of(way.matter, way.confidentiality, relation=relation, earlier_id=earlier_id)
    done = petitions.register(
        receipt_id=way.receipt_id, registration=registration, query_code=way.query_code, by=way.keeper, at=at
    )
    way.petition_id = done.petition.pk


def registration_of(
    matter: Matter,
    confidentiality: Confidentiality = Confidentiality.ORDINARY,
    *,
    relation: Relation = Relation.NEW,
    earlier_id: int | None = None,
) -> Registration:
    """Return a matter as the clerk registers it."""
    return Registration(
        summary=matter.summary,
        petitioner_kind=PetitionerKind.NAMED if matter.name else PetitionerKind.ANONYMOUS,
        name=matter.name,
        phone=matter.phone,
        address=matter.place and f"{matter.place}2组",
        content=matter.content,
        place=matter.place,
        head_count=matter.head_count,
        representatives=tuple(RepresentativeEntry(name) for name in matter.representatives),
        claims=matter.claims,
        relation=relation,
        earlier_id=earlier_id,
        confidentiality=confidentiality,
    )


def attach_original(way: Way, at: datetime) -> None:
    """上传原件: the scan of the letter, or of the signed record."""
    kind = NEEDED_ORIGINAL[way.matter.channel]
    attachments.attach(
        petition_id=way.petition_id,
        kind=kind,
        name=f"{kind.label}.png",
        data=scan_of(way),
        by=way.keeper,
        at=at,
    )


def scan_of(way: Way) -> bytes:
    """Return a page that looks like no other petition's."""
    return picture(f"XF{local_day(way.days.now).year}{way.position:05d}")


def read(way: Way, at: datetime) -> None:
    """阅信/接谈."""
    petitions.read(petition_id=way.petition_id, note=way.matter.note, by=way.keeper, at=at)


def classify(*, jurisdiction: Jurisdiction = Jurisdiction.COUNTY, repeats: str = "", wants_leader: bool = False) -> Act:
    """Return 归类."""

    def act(way: Way, at: datetime) -> None:
        matter = way.matter
        names = tuple(matter.category.split("/"))
        code, path = find_by_path(names) or ("", names)
        classification = Classification(
            purpose=matter.purpose,
            category_code=code,
            category_path="/".join(path),
            recurrence=Recurrence.REPEAT if repeats else Recurrence.FIRST,
            repeats_id=way.others[repeats].petition_id if repeats else None,
            tags=matter.tags,
            statute_code=matter.statute,
            jurisdiction=jurisdiction,
            wants_leader=wants_leader,
        )
        petitions.classify(petition_id=way.petition_id, classification=classification, by=way.keeper, at=at)

    return act


def review(way: Way, at: datetime) -> None:
    """复核归类: the head agrees, as an important petition needs before anything is decided on it."""
    classifications.review(petition_id=way.petition_id, by=way.cast.head, at=at)


def name_leader(way: Way, at: datetime) -> None:
    """指定阅看领导: of an accusation."""
    secrecy.name_leader(petition_id=way.petition_id, leader=way.cast.leader, by=way.keeper, at=at)


def supplement(words: str) -> Act:
    """Return 补充材料 by the petitioner on the page."""

    def act(way: Way, at: datetime) -> None:
        supplements.give(petition_id=way.petition_id, words=words, sent=(), at=at)

    return act
