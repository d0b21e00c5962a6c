"""What a story says of a petition: where it went, by when what is due, who sees it, what was written and told."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import models

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.journal.sentences import SENTENCES
from huiyin.county.office.models import Notification
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import State
from huiyin.kernel.calendar import show_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due

if TYPE_CHECKING:
    from .office import Office


class Checks:
    """The petition as it stands: every row, date, paper, message and sentence of it."""

    office: "Office"
    pk: int
    number: str

    @property
    def row(self) -> Petition:
        return Petition.objects.select_related("owner_unit", "keeper", "petitioner", "receipt").get(pk=self.pk)

    def entries(self) -> "models.QuerySet[Entry]":
        return Entry.objects.filter(petition_id=self.pk).order_by("number")

    # Where it went, and with whom it stands.

    def went(self, *states: State) -> None:
        """Say every state in its order, as the journal tells it; the last is where it stands."""
        told = [str(entry.values["state"]) for entry in self.entries() if "state" in entry.values]
        way = [state for state, _ in groupby(told)]
        assert way == [state.value for state in states], way
        assert State(self.row.state) is states[-1]

    def stands_with(self, whose: str, person: str, clock: Clock, day: date) -> None:
        """Say who alone answers for it now, a unit's or the office's person, and which date comes next."""
        row = self.row
        unit = row.owner_unit.name if row.owner_unit else "信访办"
        assert (unit, row.owner_name) == (whose, person)
        stands = (Clock(row.next_clock), str(row.next_due_on))
        assert stands == (clock, str(day)), stands

    def stands_with_nobody(self) -> None:
        """Say that it is over: nobody answers for it and nothing is due any more."""
        row = self.row
        assert (row.owner_unit, row.owner_name, row.next_due_on) == (None, "", None)
        assert not Deadline.objects.running().filter(petition=row).exists()

    # By when what is due, and why.

    def due(self, clock: Clock, day: date, *says: str, unit: str = "") -> None:
        """Say when a clock ends, the last one of its kind, and what its explanation tells."""
        found = Deadline.objects.filter(petition_id=self.pk, clock=clock.value)
        whose = found.filter(unit__code=unit) if unit else found
        latest = whose.order_by("-pk")[0]
        lines = Due.from_values(latest.explanation).explain()
        assert latest.due_on == day, (show_day(latest.due_on), lines)
        assert says, "a date is told with a line of its explanation"
        for words in says:
            assert any(words in line for line in lines), lines

    def dates(self) -> Iterator[tuple[Deadline, tuple[str, ...]]]:
        for deadline in Deadline.objects.filter(petition_id=self.pk).order_by("pk"):
            yield deadline, Due.from_values(deadline.explanation).explain()

    # Who sees it.

    def seen_by(self, *people: Staff) -> None:
        for person in people:
            assert Petition.objects.visible_to(person).filter(pk=self.pk).exists(), person.name

    def hidden_from(self, *people: Staff) -> None:
        for person in people:
            assert not Petition.objects.visible_to(person).filter(pk=self.pk).exists(), person.name
            assert not Document.objects.visible_to(person).filter(petition_id=self.pk).exists(), person.name
            assert not self.messages_to(person), person.name

    def known_by_number_to(self, *people: Staff) -> None:
        """Say that these see the number in the ledger, and nothing of the content."""
        for person in people:
            assert Petition.objects.listed_for(person).filter(pk=self.pk).exists(), person.name
        self.hidden_from(*people)

    def does_not_exist_for(self, *people: Staff) -> None:
        """Say that these neither see it nor can count it."""
        for person in people:
            assert not Petition.objects.listed_for(person).filter(pk=self.pk).exists(), person.name
        self.hidden_from(*people)

    def opens_for(self, person: Staff) -> str:
        answer = self.office.page(person).get(f"/petitions/{self.pk}/")
        assert answer.status_code == 200, (person.name, answer.status_code)
        page: str = answer.content.decode()
        return page

    def is_not_there_for(self, *people: Staff) -> None:
        """Say that these get the answer of a petition that never was."""
        for person in people:
            page = self.office.page(person)
            answer, never = page.get(f"/petitions/{self.pk}/"), page.get("/petitions/987654321/")
            assert answer.status_code == never.status_code != 200, (person.name, answer.status_code)
            assert self.number not in answer.content.decode()

    # What was told and written.

    def messages_to(self, person: Staff) -> list[str]:
        rows = Notification.objects.filter(to_staff=person, petition_id=self.pk).order_by("pk")
        return [row.words for row in rows]

    def told(self, person: Staff, *words: str) -> None:
        """Say what a person was told about it, in this order."""
        found = iter(self.messages_to(person))
        for wanted in words:
            assert any(wanted in message for message in found), (wanted, self.messages_to(person))

    def papers(self, *kinds: DocumentKind) -> None:
        """Let the jobs work and say which papers hold, in the order in which they were written."""
        self.office.works()
        written = [row.kind for row in self.documents()]
        assert written == [kind.value for kind in kinds], written

    def documents(self) -> list[Document]:
        return list(Document.objects.valid().filter(petition_id=self.pk).order_by("id"))

    def paper(self, kind: DocumentKind) -> str:
        """Return everything that the newest paper of a kind says."""
        self.office.works()
        newest = Document.objects.valid().filter(petition_id=self.pk, kind=kind.value).order_by("-id")[0]
        assert newest.pdf_sha256, f"{kind.label} was not printed"
        return str(newest.values)

    def sentences(self) -> list[str]:
        """Return the journal of the petition as people read it."""
        return [SENTENCES[entry.event].say(entry.values) for entry in self.entries()]

    def tells(self, *words: str) -> None:
        """Say sentences of its journal, in this order, and that every other one and every date can be read."""
        sentences = self.sentences()
        assert all(said and "{" not in said for said in sentences), sentences
        found = iter(sentences)
        for wanted in words:
            assert any(wanted in said for said in found), (wanted, sentences)
        for deadline, lines in self.dates():
            assert show_day(deadline.due_on) in lines[0], lines
            assert "起算：" in lines[1], lines
        self.units_were_told()
        name = self.row.petitioner.name
        kept = [*sentences, *self.every_message()]
        assert not name or not any(name in text for text in kept), name

    def units_were_told(self) -> None:
        """Say that everybody of a unit with an account was told of each letter that went to it."""
        for given in Assignment.objects.filter(petition_id=self.pk).select_related("unit").order_by("pk"):
            for person in Staff.objects.of_unit(given.unit.code):
                assert any(given.number in words for words in self.messages_to(person)), (given.number, person.name)

    def every_message(self) -> list[str]:
        rows: Any = Notification.objects.filter(petition_id=self.pk).order_by("pk").values_list("words", flat=True)
        return list(rows)
