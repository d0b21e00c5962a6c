"""导出 by API: the list of petitions as .xlsx, by the conditions, columns and order of the screen."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from huiyin.accounts.permissions import check_has_role
from huiyin.county.analysis.waiting import Waiting
from huiyin.county.registry.states import Channel, Purpose, Recurrence, State
from huiyin.interfaces.pages.access import OFFICE_READERS
from huiyin.interfaces.pages.petition_export import XLSX, exported
from huiyin.interfaces.pages.petition_filters import QUERY_LIMIT, DueChoice, GroupChoice, Whose, chosen_of
from huiyin.interfaces.pages.petition_lines import Order
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import caller
from .schemas import In

router = Router(tags=["信访件"])
BINARY = {"responses": {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}}


class Conditions(In):
    """The conditions of the list; every one may be left out, none means all."""

    q: Annotated[str, Field(max_length=QUERY_LIMIT)] = ""
    state: State | None = None
    waiting: Waiting | None = None
    due: DueChoice | None = None
    unit: str | None = None
    channel: Channel | None = None
    category: str | None = None
    statute: str | None = None
    purpose: Purpose | None = None
    recurrence: Recurrence | None = None
    group: GroupChoice | None = None
    whose: Whose | None = None
    first: date | None = None
    last: date | None = None
    sort: Annotated[str, Field(pattern="^-?(received|number|due|state)$")] = "-received"


@router.get("/export.xlsx", summary="导出信访件清单", openapi_extra=BINARY)
def export(request: HttpRequest, conditions: Query[Conditions]) -> HttpResponse:
    """导出: exactly the rows, columns and order of the screen under the same conditions."""
    by = caller(request)
    check_has_role(by, *sorted(OFFICE_READERS), act="导出信访件清单")
    unknown = sorted(set(request.GET) - set(Conditions.model_fields))
    if unknown:
        raise Refusal("request.bad_condition", f"没有名为“{'、'.join(unknown)}”的条件")
    chosen = chosen_of(request)
    if chosen.faults:
        raise Refusal("request.bad_condition", "；".join(chosen.faults))
    return exported(chosen, Order.read(conditions.sort), by=by, today=local_day(timezone.now()))
