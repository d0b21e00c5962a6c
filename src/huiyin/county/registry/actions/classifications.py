"""Writers of reviews: 复核归类."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import intake_rules, rules
from huiyin.county.registry.citations import with_citation
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import Jurisdiction, Purpose, Recurrence, State
from huiyin.kernel.calendar import local_day

from .petitions import locked, save

DECIDED = (
    "purpose",
    "category_code",
    "category_path",
    "tags",
    "statute_code",
    "article",
    "jurisdiction",
    "is_litigation",
    "wants_leader",
)


@transaction.atomic
def review(
    *,
    petition_id: int,
    by: Staff,
    at: datetime,
    classification: Classification | None = None,
    version: int | None = None,
) -> Petition:
    """复核归类: another person agrees, or changes what was decided; the change is told as an event of its own.

    First or repeat stays as it was decided: a matter is not moved by a review.
    """
    petition = locked(petition_id, by=by, version=version)
    intake_rules.check_may_review(by)
    rules.check_is_open(State(petition.state))
    intake_rules.check_review(
        is_classified=petition.classified_at is not None, by_id=by.pk, classified_by_id=petition.classified_by_id
    )
    before = decided(petition)
    after = before if classification is None else classification
    rules.check_classification(after, own_id=petition.pk)
    after = with_citation(after, on=local_day(at), stood=before)
    changed = [name for name in DECIDED if getattr(before, name) != getattr(after, name)]
    for name in changed:
        value = getattr(after, name)
        setattr(petition, name, list(value) if name == "tags" else getattr(value, "value", value))
    petition.classification_reviewed_at, petition.classification_reviewed_by = at, by
    save(petition, *changed, "classification_reviewed_at", "classification_reviewed_by")
    journal.record(
        "petition.reclassified" if changed else "petition.classification_reviewed",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        category_path=petition.category_path,
        category_path_before=before.category_path,
        changed=changed,
        decided={name: asdict(after)[name] for name in changed},
    )
    return petition


def decided(petition: Petition) -> Classification:
    """Return the classification that stands."""
    return Classification(
        purpose=Purpose(petition.purpose),
        category_code=petition.category_code,
        category_path=petition.category_path,
        recurrence=Recurrence(petition.recurrence),
        repeats_id=petition.repeats_id,
        tags=tuple(petition.tags),
        statute_code=petition.statute_code,
        article=petition.article,
        jurisdiction=Jurisdiction(petition.jurisdiction or Jurisdiction.COUNTY.value),
        is_litigation=petition.is_litigation,
        wants_leader=petition.wants_leader,
    )
