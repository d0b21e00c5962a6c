"""Questions about papers; every one that leaves the office starts at ``visible_to``."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, QuerySet

from huiyin.accounts.roles import READS_PETITIONS, Role
from huiyin.county.registry.querysets import content_open_to, open_to_unit

from .states import OPEN_TO_UNITS, READERS, DocumentKind, Reader

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Document  # noqa: F401  # names the model for the type checker

FOR_UNITS = sorted(kind.value for kind in OPEN_TO_UNITS)
FOR_PETITIONERS = sorted(kind.value for kind, reader in READERS.items() if reader is Reader.PETITIONER)


class DocumentQuerySet(QuerySet["Document"]):
    """Papers, by who asks and by kind."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may read: a unit the letters addressed to it, the office what its petitions allow.

        A record taken before registration belongs to no petition yet; once voided it is gone from every list, because
        the petition that it became may be sealed. What was written of a letter before its accusation was split off
        holds both, and is read by the restricted officer alone.
        """
        if by.is_of_unit:
            addressed = self.filter(kind__in=FOR_UNITS, unit_code=by.unit_code).exclude(unit_code="")
            return addressed.filter(Q(petition=None) | open_to_unit(by.unit_code, way="petition__")).valid()
        if not by.role_set & READS_PETITIONS:
            return self.none()
        before_registration = Q(petition=None, voided_at=None)
        found = self.filter(content_open_to(by, way="petition__") & Q(petition__isnull=False) | before_registration)
        if Role.RESTRICTED in by.role_set:
            return found
        whole = self.model.objects.filter(written_at__lt=F("petition__split_into__registered_at"))
        return found.exclude(pk__in=whole.exclude(petition__excerpt="").values("pk"))

    def valid(self) -> Self:
        """Keep what was not voided."""
        return self.filter(voided_at=None)

    def addressed_to_petitioner(self) -> Self:
        """Keep what is written for the petitioner and holds."""
        return self.valid().filter(kind__in=FOR_PETITIONERS)

    def of_kind(self, kind: DocumentKind) -> Self:
        """Keep one kind."""
        return self.filter(kind=kind.value)
