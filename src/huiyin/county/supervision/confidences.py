"""What is known of the people behind linked matters: read to keep it out of every text of supervision."""

from collections.abc import Iterable

from huiyin.county.registry.intake_models import JointSigner
from huiyin.county.registry.models import Petition, Representative
from huiyin.county.registry.secrecy_models import Accused

from .finding_models import FindingMatter
from .rules.findings import Confidences


def of_matters(matter_ids: Iterable[int]) -> Confidences:
    """Return names, numbers and words of these matters: petitioners, representatives, signers, accused people."""
    petitions = Petition.objects.filter(matter_id__in=list(matter_ids)).select_related("petitioner")
    names: set[str] = set()
    numbers: set[str] = set()
    texts: list[str] = []
    for petition in petitions:
        person = petition.petitioner
        names.add(person.name)
        numbers |= {person.phone, person.identity_number, petition.number}
        texts += [petition.summary, petition.content]
    keys = [petition.pk for petition in petitions]
    names.update(JointSigner.objects.filter(petition_id__in=keys).values_list("name", flat=True))
    names.update(Accused.objects.filter(petition_id__in=keys, unit=None).values_list("name", flat=True))
    for name, phone in Representative.objects.filter(petition_id__in=keys).values_list("name", "phone"):
        names.add(name)
        numbers.add(phone)
    return Confidences(frozenset(names - {""}), frozenset(numbers - {""}), tuple(text for text in texts if text))


def of_finding(finding_id: int) -> Confidences:
    """Return what may not stand in one finding."""
    return of_matters(_linked(finding=finding_id))


def of_activity(activity_id: int) -> Confidences:
    """Return what may stand in no text of an activity: of every matter that one of its findings rests on."""
    return of_matters(_linked(finding__activity=activity_id))


def _linked(**which: int) -> list[int]:
    return list(FindingMatter.objects.filter(unlinked_at=None, **which).values_list("matter_id", flat=True))
