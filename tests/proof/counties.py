"""The three counties of the proof, made from the paper by the offices' own acts: letters first, then what follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.journal.models import Entry
from huiyin.county.registry import holding
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import NEEDED_ORIGINAL, Classification, Registration
from huiyin.county.registry.states import Channel, Purpose, Recurrence
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.jobs import numbers
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period, month, quarter, year
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.calendar.queries import held

from .paper import BAIYUN, CHARGES, LETTERS_OF_ONE_WRITER, LINSHI, QINGLAN, WATER, Line

SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"
MONTHS = tuple(month(f"2026-0{number}") for number in (1, 2, 3))
QUARTER, QUARTER_BEFORE, YEAR = quarter(2026, 1), quarter(2025, 1), year(2026)
# The journal takes a county's letters as it takes an imported ledger's: all at once at the end.
TAKEN_OVER = 1
CLOSED_AT = datetime(2026, 4, 3, 9, tzinfo=SHANGHAI)
YEAR_CLOSED_AT = datetime(2027, 1, 5, 9, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Place:
    """One county with the two people who register and close."""

    tenant: Tenant
    clerk: Staff
    head: Staff
    leader: Staff

    def letter(
        self, line: Line, on: date, name: str, *, repeats: Petition | None = None, at: datetime | None = None
    ) -> Petition:
        """Take in, register, read and classify one petition on the day of its receipt, or late."""
        by, at = self.clerk, at or datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI)
        receipt = receipts.take_receipt(channel=Channel(line.channel), received_on=on, sender=name, by=by, at=at)
        told = Registration(summary=f"{name}反映{line.path.rpartition('/')[2]}问题", name=name)
        row = petitions.register(receipt_id=receipt.pk, registration=told, by=by, at=at).petition
        kind = NEEDED_ORIGINAL.get(Channel(line.channel))
        if kind is not None:
            scan = attachments.attach(petition_id=row.pk, kind=kind, name="原件.pdf", data=SCAN, by=by, at=at)
            attachments.recheck(attachment_id=scan.pk, at=at)
        petitions.read(petition_id=row.pk, note="已阅", by=by, at=at)
        decided = Classification(
            purpose=Purpose.CLAIM,
            category_code=line.code,
            category_path=line.path,
            recurrence=Recurrence.REPEAT if repeats else Recurrence.FIRST,
            repeats_id=repeats.pk if repeats else None,
            tags=("irrigation_fee",) if line.code == WATER else (),
        )
        return petitions.classify(petition_id=row.pk, classification=decided, by=by, at=at)

    def letters(self, line: Line, count: int, of_year: int, first_month: int) -> list[Petition]:
        """Spread a class's matters over a quarter: in turn over its months, from the fifth day on."""
        days = [date(of_year, first_month + one % 3, 5 + one % 12) for one in range(count)]
        return [self.letter(line, on, f"{line.code}户{of_year}{on:%m}{one}") for one, on in enumerate(days)]

    def closed(self, period: Period, at: datetime) -> ReportedPeriod:
        """Let two people close a period, and the job take it to the province."""
        row = periods.prepare(period=period, by=self.clerk, at=at)
        row = periods.approve(period_id=row.pk, by=self.head, at=at + timedelta(hours=1))
        entry = Entry.objects.get(event="period.locked", subject_id=row.pk)
        pushed_at = (at + timedelta(hours=2)).isoformat()
        numbers.push(county=self.tenant.schema, key=f"proof:{entry.pk}", entry_id=entry.pk, at=pushed_at)
        return row


def place_of(tenant: Tenant) -> Place:
    """Return a county with its people."""
    with entered(tenant):
        by_name = {staff.username: staff for staff in Staff.objects.order_by("pk")}
    return Place(tenant, by_name["ma"], by_name["wang"], by_name["li"])


def begun(place: Place, lines: tuple[Line, ...]) -> None:
    """Take in both first quarters; at 青岚县 the first who writes about charges writes nine letters."""
    with held(), journal.importing(TAKEN_OVER), holding.holding() as block:
        for line in lines:
            place.letters(line, line.before, 2025, 1)
            found = place.letters(line, line.now, 2026, 1)
            if line.code == CHARGES and lines is QINGLAN:
                for turn in range(LETTERS_OF_ONE_WRITER - 1):
                    place.letter(line, date(2026, 3, 9 + turn), f"{line.code}户2026010", repeats=found[0])
            block.let_go()


def gone_on(place: Place, lines: tuple[Line, ...]) -> None:
    """Take in the last quarter of 2026."""
    with held(), journal.importing(TAKEN_OVER), holding.holding() as block:
        for line in lines:
            place.letters(line, line.after, 2026, 10)
            block.let_go()


def lived(offices: dict[str, Tenant], story: Callable[[Place], None]) -> dict[str, Place]:
    """Let the three counties live through two years: letters, closings, 青岚县's inspections, letters, closings."""
    places = {schema: place_of(tenant) for schema, tenant in offices.items()}
    for schema, lines in (("qinglan", QINGLAN), ("baiyun", BAIYUN), ("linshi", LINSHI)):
        place = places[schema]
        with entered(place.tenant):
            begun(place, lines)
            if lines is QINGLAN:
                story(place)
            for period in (QUARTER_BEFORE, *MONTHS, QUARTER):
                place.closed(period, CLOSED_AT)
            gone_on(place, lines)
            place.closed(YEAR, YEAR_CLOSED_AT)
    return places
