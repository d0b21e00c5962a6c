"""The petitions behind a number: what an address of 分析 asks the list for, as words and as a condition."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from huiyin.accounts.models import Staff
from huiyin.county.analysis.breakdowns import Behind, behind
from huiyin.county.analysis.dividing import labels_of
from huiyin.county.analysis.states import Dimension, Side
from huiyin.county.registry.models import Petition
from huiyin.interfaces.components.links import Hidden
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import INDICATORS, ChannelGroup

NAMES = ("indicator", "side", "since", "until", "channels", "at", "by", "key")
KEY_LIMIT = 100


class NumberForm(forms.Form):
    """Which number, of which days and channels, as of when, which side of it, and under which key."""

    indicator = forms.ChoiceField(choices=[(one.code, one.label) for one in INDICATORS.values()])
    side = forms.ChoiceField(choices=Side.choices())
    since = forms.DateField()
    until = forms.DateField()
    channels = forms.ChoiceField(choices=ChannelGroup.choices())
    at = forms.DateTimeField(required=False)
    by = forms.ChoiceField(choices=[("", ""), *Dimension.choices()], required=False)
    key = forms.CharField(required=False, max_length=KEY_LIMIT)

    def clean(self) -> dict[str, object]:
        """Refuse days that end before they begin."""
        values = self.cleaned_data
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", "截止日早于起始日")
        return values


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A number whose petitions are asked for, with what stands behind it."""

    words: str
    hidden: tuple[Hidden, ...]
    behind: Behind

    @property
    def condition(self) -> Q:
        """Return which petitions stand behind the number; who may list them is asked of the visibility policy."""
        return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", ([*self.behind.petition_ids],)))  # constant words

    def aside(self, by: Staff) -> str:
        """Return in words what is counted and not listed: items this person may not list, and unregistered receipts."""
        found = Petition.objects.filter(self.condition)
        hidden = found.listed_for(by).count() - found.visible_to(by).count()
        told = [
            f"另有{hidden}件检举控告件或密件，只计数，不列出" if hidden > 0 else "",
            f"另有{self.behind.unregistered}件收件尚未登记，见收件登记簿" if self.behind.unregistered else "",
        ]
        return "；".join(filter(None, told))


def number_asked(asked: QueryDict, *, now: datetime) -> NumberAsked | None:
    """Return the number an address asks the petitions of; None where it asks for none, or not for one there is."""
    form = NumberForm(asked)
    if "indicator" not in asked or not form.is_valid():
        return None
    values = form.cleaned_data
    indicator, side, group = INDICATORS[values["indicator"]], Side(values["side"]), ChannelGroup(values["channels"])
    by = Dimension(values["by"]) if values["by"] else None
    period, at = Period(values["since"], values["until"]), values["at"] or now
    key = values["key"] if by else None
    parts = [indicator.label, side.label, period.label, group.label]
    if by is not None:
        parts.append(f"{by.label}：{labels_of(by, [values['key']])[values['key']]}")
    if values["at"]:
        parts.append(f"截至 {moment_words(at)}")
    return NumberAsked(
        words=" · ".join(parts),
        hidden=tuple(Hidden(name=name, value=str(asked[name])) for name in NAMES if name in asked),
        behind=behind(indicator.code, period, at=at, side=side, by=by or Dimension.CHANNEL, key=key, group=group),
    )
