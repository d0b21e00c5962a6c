"""相似信访件 by API: what may be the same person and matter, with the reason; a person decides."""

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from huiyin.county.registry import rules
from huiyin.county.registry.blind_index import Known
from huiyin.county.registry.queries.class_suggestion import likely_code
from huiyin.county.registry.queries.similar import Typed, similar

from .access import caller
from .intake_schemas import SimilarOut, TypedIn

router = Router(tags=["信访件"])


@router.post("/similar", response=list[SimilarOut], summary="相似信访件")
def find(request: HttpRequest, body: TypedIn) -> list[SimilarOut]:
    """Return at most five earlier petitions that the caller may see; it writes nothing and needs no key."""
    by = caller(request)
    rules.check_may_register(by)
    main = Known(body.name, body.phone, body.identity_number)
    others = (*(Known(one.name, one.phone) for one in body.representatives), *map(Known, body.signers))
    typed = Typed(
        people=(main, *others),
        place=body.place,
        summary=body.summary,
        category_code=likely_code(body.summary),
        accused=tuple(body.accused),
        kind=body.petitioner_kind,
    )
    return [SimilarOut(**asdict(one)) for one in similar(typed, by=by)]
