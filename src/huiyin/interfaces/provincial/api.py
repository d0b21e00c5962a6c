"""The board for programs: the same numbers as the page, numerators and denominators, never the percentage alone."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.pages.access import needs
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amounts, Board, CountyLine
from huiyin.platform.statistics.indicators import INDICATORS

from .frame import SEES_THE_BOARD, choice_of


@needs(SEES_THE_BOARD)
@require_safe
def board(request: HttpRequest) -> JsonResponse:
    """Return the board of a year: counties, prefectures, total, months."""
    at = timezone.now()
    choice = choice_of(request, at=at)
    found = queries.board(choice.year, at=at, group=choice.group)
    return JsonResponse(as_values(found), json_dumps_params={"ensure_ascii": False})


def as_values(found: Board) -> dict[str, object]:
    """Return the board as JSON says it."""
    return {
        "year": found.year,
        "group": found.group.value,
        "data_as_of": [moment.isoformat() for moment in found.as_of] if found.as_of else None,
        "total": amounts_values(found.total),
        "counties": [county_values(line) for line in found.counties],
        "prefectures": [
            {"code": one.code, "counties": one.counties, "figures": amounts_values(one.amounts)}
            for one in found.prefectures
        ],
        "months": [
            {
                "first_on": point.month.first.isoformat(),
                "counties": point.counties,
                "figures": amounts_values(point.amounts),
            }
            for point in found.trend
        ],
    }


def amounts_values(amounts: Amounts) -> dict[str, dict[str, int | str]]:
    """Return each indicator's numerator and denominator."""
    return {
        code: {
            "label": indicator.label,
            "part": amounts.of(indicator).part,
            "whole": amounts.of(indicator).whole,
            "percent": amounts.of(indicator).percent,
        }
        for code, indicator in INDICATORS.items()
    }


def county_values(line: CountyLine) -> dict[str, object]:
    """Return one county with how complete its numbers are."""
    return {
        "county": line.schema,
        "name": line.name,
        "gb_code": line.gb_code,
        "is_active": line.is_active,
        "has_reported": line.has_reported,
        "by_year": line.is_by_year,
        "months_reported": line.reported,
        "months_late": line.late,
        "months_restated": line.restated,
        "data_as_of": line.data_as_of.isoformat() if line.data_as_of else None,
        "figures": amounts_values(line.amounts),
    }
