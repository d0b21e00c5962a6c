"""Writing the dossier of a unit, because the office asks for one: frozen, numbered, kept."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.analysis import scorecards
from huiyin.county.document import actions, rules
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.office.models import Unit
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.registry.models import Petition
from huiyin.kernel.periods import Period

from .sheets import TEMPLATE
from .typefaces import typefaces
from .values.dossiers import unit_dossier
from .wanted import subject_of
from .writing import pdf_of


@transaction.atomic
def write_dossier(*, unit_code: str, period: Period, as_of: datetime, by: Staff, at: datetime) -> Document:
    """制作评议材料: freeze a unit's card as of a moment; while nothing has changed it is the one written last.

    It bears the unit as its subject and is addressed to nobody: the unit never reads it.
    """
    rules.check_may_write(by)
    board, card = scorecards.scorecard(unit_code, period, at=as_of)
    unit = Unit.objects.get(code=unit_code)
    listed = Petition.objects.visible_to(by).filter(pk__in=card.petition_ids).values_list("pk", flat=True)
    made = Recommendation.objects.visible_to(by).made_to(unit_code, period=period, at=as_of)
    values = unit_dossier(board, card, open_to_writer=set(listed), recommendations=list(made)).as_values()
    last = Document.objects.valid().of_kind(DocumentKind.UNIT_DOSSIER).filter(subject="unit", subject_id=unit.pk)
    known = last.filter(values_hash=rules.hash_of(values)).order_by("-pk").first()
    if known is not None:
        return known
    document = actions.write(
        kind=DocumentKind.UNIT_DOSSIER,
        petition_id=None,
        values=values,
        template=TEMPLATE,
        subject=subject_of(unit),
        by=by,
        at=at,
    )
    faces = typefaces()
    return actions.keep_print(document_id=document.pk, pdf=pdf_of(document), fonts=faces.words, by=by, at=at)
