"""使用说明 of the province's screens."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.interfaces.pages.access import needs
from huiyin.platform.statistics.rules import DUE_DAY

from .frame import SEES_THE_BOARD, office_of
from .hotspots import METHOD
from .releases import STAR


@dataclass(frozen=True, slots=True)
class GuideScreen:
    """What the page cites from elsewhere."""

    due_day: int = DUE_DAY
    star: str = STAR
    method: str = METHOD


@needs(SEES_THE_BOARD)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """使用说明: what each screen shows and where its numbers come from."""
    context = {"screen": GuideScreen(), "office": office_of(request, place="province_help")}
    return render(request, "provincial/guide.html", context)
