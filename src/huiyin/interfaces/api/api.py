"""The JSON API of a county: one call for each act of the office, described at /api/openapi.json."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from huiyin.interfaces.refusals import status_of
from huiyin.kernel.refusal import Refusal

from . import assignments, petitions, promises, receipts
from .access import EITHER

api = NinjaAPI(
    title="回音 API",
    version="1.0.0",
    description="县级人大常委会信访办公室。每个写操作须带 Idempotency-Key；可带 If-Match 声明所见版本。",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=EITHER,
    urls_namespace="api",
)
api.add_router("/receipts", receipts.router)
api.add_router("/petitions", petitions.router)
api.add_router("/assignments", assignments.router)
api.add_router("/replies", assignments.replies)
api.add_router("/promises", promises.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with its code and words."""
    return api.create_response(request, {"code": refusal.code, "words": refusal.words}, status=status_of(refusal))


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a body of the wrong shape with the place of each fault."""
    faults = [
        {"where": ".".join(str(part) for part in fault.get("loc", ())), "words": str(fault.get("msg", ""))}
        for fault in error.errors
    ]
    return api.create_response(
        request, {"code": "request.misshapen", "words": "请求格式不正确", "faults": faults}, status=422
    )
