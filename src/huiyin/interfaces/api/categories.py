"""内容分类 by API: found by pinyin initials and keywords, suggested from the office's own decisions, reviewed."""

from dataclasses import asdict

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.accounts.permissions import check_has_role
from huiyin.accounts.roles import READS_PETITIONS
from huiyin.county.registry.actions import classifications
from huiyin.county.registry.queries.class_suggestion import suggest
from huiyin.county.registry.queries.classes import classes_for
from huiyin.county.registry.rules import Classification
from huiyin.platform.categories.queries import path_of_code

from .access import caller, version_of
from .intake_schemas import CategoryOut, ClassSuggestionOut, ReviewIn
from .petitions import done, found
from .schemas import ClassificationIn, Done
from .writes import carried_out

router = Router(tags=["内容分类"])
of_petition = Router(tags=["信访件"])


@router.get("/", response=list[CategoryOut], summary="查找内容分类")
def find(request: HttpRequest, q: str = "") -> list[CategoryOut]:
    """Return the classes that letters (nysf) or words lead to, the nearest first."""
    check_has_role(caller(request), *sorted(READS_PETITIONS), act="查找内容分类")
    return [CategoryOut(code=one.code, path=one.path) for one in classes_for(q)]


@of_petition.get("/{int:petition_id}/class-suggestion", response=ClassSuggestionOut, summary="分类建议")
def suggested(request: HttpRequest, petition_id: int) -> ClassSuggestionOut:
    """Return the class that this office would most likely decide; it is never applied by itself."""
    by = caller(request)
    check_has_role(by, *sorted(READS_PETITIONS), act="看分类建议")
    one = suggest(found(by, petition_id).summary)
    return ClassSuggestionOut(**asdict(one), is_enough=one.is_enough, words=one.words)


@of_petition.post("/{int:petition_id}/review", response=Done, summary="复核归类")
def review(request: HttpRequest, petition_id: int, body: ReviewIn) -> Done:
    """复核归类: agree, or change what was decided."""
    by, at, version = caller(request), timezone.now(), version_of(request)
    changed = classification_of(body.classification) if body.classification else None

    def act() -> Done:
        return done(
            classifications.review(petition_id=petition_id, classification=changed, version=version, by=by, at=at)
        )

    return carried_out(request, body, at, act)


def classification_of(body: ClassificationIn) -> Classification:
    """Return the body as the rules take it."""
    return Classification(**{**dict(body), "tags": tuple(body.tags), "category_path": path_of_code(body.category_code)})
