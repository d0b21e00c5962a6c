"""What every API of an installation answers alike: refusals, faults and strangers as JSON, told in its own document."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from huiyin.interfaces.refusals import note, status_of
from huiyin.kernel.refusal import Refusal

from .access import EITHER

STRANGER = {"code": "permission.not_signed_in", "words": "请先登录，或在 Authorization 头中给出令牌"}
UNREADABLE = {
    400: {"code": "request.unreadable", "words": "请求的内容无法读取"},
    403: {"code": "permission.csrf_failed", "words": "页面已过期，请刷新后再试"},
}
TOLD = {
    401: "没有登录，也没有有效的令牌",
    403: "岗位不能办理",
    404: "没有，或无权查看",
    409: "规则不允许，原因见 words",
    422: "写法不对，faults 指明位置",
}
STRANGERS_ONLY = frozenset({401, 403})
KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "minLength": 16, "maxLength": 80},
    "description": "本次提交的唯一标识；同一标识再次提交得到同一答复",
}


class Fault(Schema):
    """One fault of a request: where and what."""

    where: str
    words: str


class RefusalOut(Schema):
    """Why something was refused: the code for programs, the words for people, the faults of a misshapen request."""

    code: str
    words: str
    faults: list[Fault] = []


class OfficeApi(NinjaAPI):
    """The API of an office: a token or a signed-in page; whatever is not answered is a ``RefusalOut``."""

    def __init__(self, *, title: str, description: str, namespace: str, keyless: frozenset[str] = frozenset()) -> None:
        """Set up the answers; ``keyless`` are the writes that need no Idempotency-Key: sent twice, they are one."""
        super().__init__(
            title=title,
            version="1.0.0",
            description=description,
            openapi_url="/openapi.json",
            docs_url=None,
            auth=EITHER,
            urls_namespace=namespace,
        )
        self.keyless = keyless
        self.exception_handler(Refusal)(self.refused)
        self.exception_handler(ValidationError)(self.misshapen)
        self.exception_handler(HttpError)(self.unreadable)
        self.exception_handler(AuthenticationError)(self.stranger)

    def refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """Answer a refusal with its code and words; what must never be done is noted for the audit log."""
        note(refusal)
        return self.create_response(request, {"code": refusal.code, "words": refusal.words}, status=status_of(refusal))

    def misshapen(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        """Answer a request of the wrong shape with the place of each fault."""
        faults = [
            {"where": ".".join(str(part) for part in fault.get("loc", ())), "words": str(fault.get("msg", ""))}
            for fault in error.errors
        ]
        values = {"code": "request.misshapen", "words": "请求格式不正确", "faults": faults}
        return self.create_response(request, values, status=422)

    def unreadable(self, request: HttpRequest, error: HttpError) -> HttpResponse:
        """Answer what is no JSON, and a page that writes without its CSRF token."""
        values = UNREADABLE.get(error.status_code, UNREADABLE[400])
        return self.create_response(request, values, status=error.status_code)

    def stranger(self, request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        """Answer whoever is not signed in and has no token."""
        del error
        return self.create_response(request, STRANGER, status=401)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the document with every answer that is no success, and the key that a write needs."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        document["components"]["schemas"] |= {
            "Fault": Fault.model_json_schema(),
            "RefusalOut": RefusalOut.model_json_schema(ref_template="#/components/schemas/{model}"),
        }
        document["components"]["schemas"]["RefusalOut"].pop("$defs", None)
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                is_open = not operation.get("security")
                operation["responses"] |= told(is_open=is_open)
                if method == "post" and path not in self.keyless:
                    operation["parameters"].append(KEY_HEADER)
        return document


def told(*, is_open: bool) -> dict[int, object]:
    """Return the answers that are no success, as the document describes them."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/RefusalOut"}}}
    left_out = STRANGERS_ONLY if is_open else frozenset()
    return {code: {"description": words, "content": content} for code, words in TOLD.items() if code not in left_out}
