"""内容分类: the classes that letters or words lead to, for the list of the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.county.registry.queries.classes import classes_for

from .access import OFFICE_READERS, needs


@needs(OFFICE_READERS)
@require_safe
def category_options(request: HttpRequest) -> HttpResponse:
    """内容分类: the options of the list, the nearest first; all of them for no text."""
    text = request.GET.get("q", "").strip()
    blank = "" if text else "请选择"
    return render(request, "category_options.html", {"blank": blank, "options": classes_for(text)})
