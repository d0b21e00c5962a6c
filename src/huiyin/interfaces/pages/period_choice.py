"""Which period and which moment a page of numbers is about, from its address and back into addresses."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode

from huiyin.interfaces.components.links import Chip, Chips
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month, quarter, year
from huiyin.kernel.refusal import Refusal

from .receipt_forms import day_input

QUARTERS = range(1, 5)
YEARS_BACK = 2


class SpanForm(forms.Form):
    """A span from day to day, and the moment at which it is looked at."""

    first = forms.DateField(label="自", required=False, widget=day_input())
    last = forms.DateField(label="至", required=False, widget=day_input())
    at = forms.DateTimeField(
        label="截至时点（空为现在）",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, object]:
        """Refuse half a span, and one that ends before it begins."""
        values = self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if bool(first) != bool(last) and not self.errors:
            self.add_error("last" if first else "first", "起止日期须同时填写")
        if first and last and last < first:
            self.add_error("last", "截止日早于起始日")
        return values


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """The period and the moment in force, with what the address said of them."""

    period: Period
    at: datetime
    query: str
    form: SpanForm
    fault: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the numbers are looked at as of an earlier moment."""
        return "at=" in self.query

    def chips(self, *, today: date, kept: str = "") -> tuple[Chips, Chips, Chips]:
        """Return years, quarters and months to choose from, those of the year in force.

        ``kept`` is what else of the address a choice keeps.
        """
        shown = self.period.first.year
        years = range(today.year, today.year - YEARS_BACK - 1, -1)
        return (
            Chips(
                label="年", items=tuple(self._chip(year(one), {"year": str(one)}, f"{one}年", kept) for one in years)
            ),
            Chips(
                label="季",
                items=tuple(
                    self._chip(quarter(shown, one), {"quarter": f"{shown}-{one}"}, f"{'一二三四'[one - 1]}季度", kept)
                    for one in QUARTERS
                ),
            ),
            Chips(
                label="月",
                items=tuple(
                    self._chip(one, {"month": f"{one.first:%Y-%m}"}, f"{one.first.month}月", kept)
                    for one in year(shown).months()
                ),
            ),
        )

    def _chip(self, period: Period, asked: dict[str, str], label: str, kept: str) -> Chip:
        href = "?" + "&".join(filter(None, (urlencode(asked), kept)))
        return Chip(label=label, href=href, active=period == self.period)


def period_choice(asked: QueryDict, *, now: datetime) -> PeriodChoice:
    """Return the period an address asks for; the current year where it asks for none or for one there cannot be."""
    form = SpanForm(asked)
    form.is_valid()
    at = form.cleaned_data.get("at") or now
    kept = {key: str(asked[key]) for key in ("year", "quarter", "month", "first", "last", "at") if asked.get(key)}
    fault = "；".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        period = _period(asked, form, today=local_day(now))
    except Refusal as refusal:
        return PeriodChoice(year(local_day(now).year), at, "", form, refusal.words)
    if fault:
        return PeriodChoice(year(local_day(now).year), now, "", form, fault)
    if not set(kept) - {"at"}:
        kept["year"] = str(period.first.year)
    return PeriodChoice(period, at, urlencode(kept), form)


def _period(asked: QueryDict, form: SpanForm, *, today: date) -> Period:
    first, last = form.cleaned_data.get("first"), form.cleaned_data.get("last")
    if first and last:
        return Period(first, last)
    if written := asked.get("month", ""):
        return month(written)
    if written := asked.get("quarter", ""):
        of_year, _, number = written.partition("-")
        return quarter(_number(of_year), _number(number))
    written = asked.get("year", "")
    return year(_number(written)) if written else year(today.year)


def _number(written: str) -> int:
    if not written.isascii() or not written.isdigit():
        raise Refusal("period.bad_year", f"“{written}”不是年份或季度", written=written)
    return int(written)
