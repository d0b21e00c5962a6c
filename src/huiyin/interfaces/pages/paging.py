"""Pages of a list, as links that keep what was asked for."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from huiyin.interfaces.components.links import Pagination


def pagination_of(request: HttpRequest, page: "Page[Any]", *, unit: str = "件") -> Pagination:
    """Return the links to the other pages of this list."""

    def href(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    count = page.paginator.num_pages
    return Pagination(
        unit=unit,
        page=page.number,
        pages=count,
        total=page.paginator.count,
        previous_href=href(page.number - 1) if page.has_previous() else "",
        next_href=href(page.number + 1) if page.has_next() else "",
        first_href=href(1) if page.number > 1 else "",
        last_href=href(count) if page.number < count else "",
    )
