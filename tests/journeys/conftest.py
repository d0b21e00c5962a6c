"""The office of the stories: 青岚县 and its neighbour 白芸县, their people, and one clock for acts, pages and jobs."""

from typing import Any

import pytest
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.kernel.tenant import Tenant, entered

from .language import Time
from .office import Office

PARTS = ("ma", "wang", "li", "qin", "yan", "shou", "shen", "he", "shui", "tian")


@pytest.fixture
def office(county: Tenant, other_county: Tenant, people: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The petition office of 青岚县 on the first working day of 2026."""
    time = Time()
    monkeypatch.setattr(timezone, "now", lambda: time.now)
    with entered(other_county):
        by_name = {staff.username: staff for staff in Staff.objects.order_by("pk")}
    over_there = type(people)(*(by_name[name] for name in PARTS), by_name["administrator"])
    return Office(county, people, time, neighbour=Office(other_county, over_there, time))
