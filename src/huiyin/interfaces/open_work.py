"""What a person or a unit still has to do: asked by the office's acts before they let someone go.

The office stands below the register, so its acts are handed these questions by the pages and the API.
"""

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition


def answers_for(person: Staff) -> int:
    """Return how many open petitions the person is responsible for."""
    return Petition.objects.open().filter(keeper=person).count()


def still_open(unit: Unit) -> int:
    """Return how many assignments the unit has not finished."""
    return Assignment.objects.open().filter(unit=unit).count()
