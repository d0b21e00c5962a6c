"""Notices: what a visitor reads where no office can be entered. No template, no database, no hint."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html

from huiyin.kernel.tenant import Tenant

PAGE = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head>
<body><main><h1>{}</h1><p>{}</p></main></body>
</html>
"""
RETRY_SECONDS = 60


def unknown() -> HttpResponse:
    """Answer for a host that belongs to nobody: the same whatever was asked."""
    return _never_cached(HttpResponse(format_html(PAGE, "页面不存在", "页面不存在", "请核对网址。"), status=404))


def migrating(request: HttpRequest, tenant: Tenant) -> HttpResponse:
    """Answer 升级维护中: come back in a minute, nothing is lost."""
    words = f"{tenant.name}的系统正在升级，通常几分钟内恢复。已提交的内容不会丢失，请稍后再试。"
    response = _answer(request, 503, "tenancy.migrating", "系统升级维护中", words)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def suspended(request: HttpRequest, tenant: Tenant) -> HttpResponse:
    """Answer 已停用: the office is closed here until its administrator opens it again."""
    words = f"{tenant.name}的系统目前停用。如需办理信访事项，请到该单位接待场所或致电联系。"
    return _answer(request, 403, "tenancy.suspended", "系统已停用", words)


def _answer(request: HttpRequest, status: int, code: str, title: str, words: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return _never_cached(JsonResponse({"code": code, "words": words}, status=status))
    return _never_cached(HttpResponse(format_html(PAGE, title, title, words), status=status))


def _never_cached(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
