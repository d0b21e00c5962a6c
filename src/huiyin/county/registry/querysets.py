"""Questions to the register; every one that leaves the office starts at ``visible_to``."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import F, Q, QuerySet

from huiyin.accounts.roles import READS_PETITIONS, Role
from huiyin.kernel.clocks import LAPSING
from huiyin.kernel.text import query_grams, terms

from .intake_rules import REVIEWERS
from .states import ENDED, Confidentiality, State

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Attachment, Deadline, Petition  # noqa: F401  # names the model for the type checker


def content_open_to(by: "Staff", *, way: str = "") -> Q:
    """Return which petitions' content a person of the office may see (DOMAIN §6): the one visibility policy.

    ``way`` leads from the rows asked for to their petition, such as ``petition__``.
    """
    if not by.role_set & READS_PETITIONS:
        return Q(pk__in=[])
    barred = barred_for(by, way=way)
    if Role.RESTRICTED in by.role_set:
        return ~barred
    ordinary = Q(**{f"{way}confidentiality": Confidentiality.ORDINARY.value})
    named = Q(**{f"{way}confidentiality": Confidentiality.SEALED.value, f"{way}named_leader": by.pk})
    return (ordinary | named) & ~barred


def barred_for(by: "Staff", *, way: str = "") -> Q:
    """Return the petitions that do not exist for this person: recused from the matter, or accused (DOMAIN §6).

    A recusal is from the matter: from what joined it before or since, and from the other part of a split letter.
    """
    recusals = apps.get_model("county", "Recusal").objects.filter(staff=by.pk)
    split_from = recusals.filter(petition__split_from__isnull=False).values("petition__split_from__matter")
    split_into = recusals.filter(petition__split_into__isnull=False).values("petition__split_into__matter")
    of_matter = [recusals.values("petition__matter"), split_from, split_into]
    barred = Q(**{f"{way}accused__staff": by.pk})
    for matters in of_matter:
        barred |= Q(**{f"{way}matter__in": matters})
    return barred


def open_to_unit(unit_code: str, *, way: str = "") -> Q:
    """Return which petitions a unit may be given or shown: nothing sealed, nothing that accuses it or its superiors."""
    accused = f"{way}accused__unit__"
    of_its_own = (
        Q(**{f"{accused}code": unit_code})
        | Q(**{f"{accused}subordinates__code": unit_code})
        | Q(**{f"{accused}subordinates__subordinates__code": unit_code})
    )
    return Q(**{f"{way}confidentiality": Confidentiality.ORDINARY.value}) & ~of_its_own


def given_to(unit_code: str, *, way: str = "") -> Q:
    """Return which petitions a unit has in hand or has finished: what was taken back from it is not there for it."""
    return Q(**{f"{way}assignments__unit__code": unit_code, f"{way}assignments__withdrawn_at": None})


def awaiting_review() -> Q:
    """Return which open petitions a clerk classified and no second person has looked at (DOMAIN §4, 已归类).

    What was taken over from an old ledger was reviewed then, and of a 密件 there is nothing to review.
    """
    reviewers = [role.value for role in REVIEWERS]
    unseen = Q(classified_at__isnull=False, classification_reviewed_at=None, source_number=None)
    is_bare = Q(confidentiality=Confidentiality.NUMBER_ONLY.value)
    ended = Q(state__in=[state.value for state in ENDED])
    return unseen & ~is_bare & ~ended & ~Q(classified_by__roles__overlap=reviewers)


class PetitionQuerySet(QuerySet["Petition"]):
    """Petitions, by who asks, by state and by text."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep the petitions whose content this person may see (DOMAIN §6)."""
        if by.is_of_unit:
            of_unit = self.model.objects.filter(
                assignments__unit__code=by.unit_code, assignments__withdrawn_at=None
            ).values("pk")
            return self.filter(open_to_unit(by.unit_code), pk__in=of_unit)
        return self.filter(content_open_to(by))

    def listed_for(self, by: "Staff") -> Self:
        """Keep the petitions whose number this person may see; the content follows ``visible_to``."""
        if by.is_of_unit or not by.role_set & READS_PETITIONS:
            return self.visible_to(by)
        return self.exclude(barred_for(by))

    def whole_for(self, by: "Staff") -> Self:
        """Keep the petitions of which this person may read every word: of a split letter only the sealed officer's."""
        found = self.visible_to(by)
        return found if Role.RESTRICTED in by.role_set else found.filter(excerpt="")

    def open(self) -> Self:
        """Keep what is not closed and not void."""
        return self.exclude(state__in=[state.value for state in ENDED])

    def counted(self) -> Self:
        """Keep what counts: a void number stays in the ledger and counts nowhere."""
        return self.exclude(state=State.VOIDED.value)

    def received_between(self, first: date, last: date) -> Self:
        """Keep what was received from the first to the last day, both included."""
        return self.filter(received_on__gte=first, received_on__lte=last)

    def matching(self, text: str) -> Self:
        """Keep what contains every word of the text: one character or many, names and numbers too."""
        found = self
        for term in terms(text):
            found = found.filter(grams__contains=query_grams(term), searchable__contains=term)
        return found

    def by_day(self) -> Self:
        """Order by day of receipt, newest first, with the id to make it unique."""
        return self.order_by("-received_on", "-id")


class AttachmentQuerySet(QuerySet["Attachment"]):
    """Stored files of petitions."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep the files that this person may open (DOMAIN §4, 原件不出机关).

        A unit opens what was marked for it when it was given the petition, and what its own people added. The original
        of a letter whose accusation was split off is opened by the restricted officer alone.
        """
        if by.is_of_unit:
            given = Q(petition__assignments__unit__code=by.unit_code, petition__assignments__withdrawn_at=None)
            of_unit = given & open_to_unit(by.unit_code, way="petition__")
            theirs = Q(is_for_unit=True) | Q(added_by__unit_code=by.unit_code)
            return self.filter(theirs, pk__in=self.model.objects.filter(of_unit).values("pk"))
        found = self.filter(content_open_to(by, way="petition__"))
        return found if Role.RESTRICTED in by.role_set else found.filter(is_kept_back=False)


class DeadlineQuerySet(QuerySet["Deadline"]):
    """Clocks of petitions."""

    def running(self) -> Self:
        """Keep the clocks that are neither met nor superseded."""
        return self.filter(met_at=None, superseded_at=None)

    def overdue(self, *, today: date) -> Self:
        """Keep running clocks whose last day has passed; a right that lapsed makes nobody late."""
        return self.running().filter(due_on__lt=today).exclude(clock__in=sorted(LAPSING))

    def lapsed(self, *, today: date) -> Self:
        """Keep the rights that were not used by their last day."""
        return self.running().filter(due_on__lt=today, clock__in=sorted(LAPSING))

    def due_by(self, last: date, *, today: date) -> Self:
        """Keep running clocks that end from today to the given day."""
        return self.running().filter(due_on__gte=today, due_on__lte=last)

    def visible_to(self, by: "Staff") -> Self:
        """Keep the clocks of petitions whose content this person may see."""
        if by.is_of_unit:
            return self.filter(open_to_unit(by.unit_code, way="petition__"), unit__code=by.unit_code)
        return self.filter(content_open_to(by, way="petition__"))

    def met_late(self) -> Self:
        """Keep the clocks that were met after their last day."""
        return self.filter(Q(met_at__isnull=False) & Q(met_at__date__gt=F("due_on")))
