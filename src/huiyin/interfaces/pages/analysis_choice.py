"""Which numbers a page of 分析 is about: period, moment and channels, from its address and back into addresses."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.county.analysis.states import Dimension, Side
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import ChannelGroup

from .period_choice import PeriodChoice, period_choice

MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class NumbersChoice:
    """The period, the moment and the channels in force."""

    periods: PeriodChoice
    group: ChannelGroup
    kept: str

    @property
    def period(self) -> Period:
        """Return the period in force."""
        return self.periods.period

    @property
    def at(self) -> datetime:
        """Return the moment at which the numbers are looked at."""
        return self.periods.at

    @property
    def query(self) -> str:
        """Return the address's words for period, moment and channels."""
        return "&".join(filter(None, (self.periods.query, f"channels={self.group.value}")))

    def chips(self) -> Chips:
        """Return the groups of channels to choose from; they are never mixed silently."""
        return Chips(
            label="渠道",
            items=tuple(
                Chip(
                    label=one.label,
                    href="?" + "&".join(filter(None, (self.periods.query, f"channels={one.value}", self.kept))),
                    active=one is self.group,
                )
                for one in ChannelGroup
            ),
        )

    def alerts(self, path: str) -> tuple[Alert, ...]:
        """Return what was not understood, and that the numbers are those of an earlier moment."""
        found: list[Alert] = []
        if self.periods.fault:
            found.append(Alert(kind="warn", title="期间没有采用，显示的是今年", words=self.periods.fault))
        if self.periods.is_past:
            words = f"这是 {moment_words(self.at)} 的数字，此后的办理不计在内。"
            found.append(Alert(words=words, href=path, href_label="看现在"))
        return tuple(found)


def numbers_choice(request: HttpRequest, *, now: datetime, kept: str = "") -> NumbersChoice:
    """Return what the address asks for; letters and walk-ins where it names no channels that there are.

    ``kept`` is what else of the address the choice of channels keeps.
    """
    asked: QueryDict = request.GET
    written = asked.get("channels", "")
    group = ChannelGroup(written) if written in set(ChannelGroup) else ChannelGroup.OWN
    return NumbersChoice(period_choice(asked, now=now), group, kept)


def behind_href(code: str, choice: NumbersChoice, side: Side, *, by: Dimension | None = None, key: str = "") -> str:
    """Return the address of the petitions behind a number: all, or those under one key of a breakdown."""
    asked = {
        "indicator": code,
        "side": side.value,
        "since": str(choice.period.first),
        "until": str(choice.period.last),
        "channels": choice.group.value,
    }
    if choice.periods.is_past:
        asked["at"] = choice.at.astimezone(SHANGHAI).strftime(MOMENT)
    if by is not None:
        asked |= {"by": by.value, "key": key}
    return f"{reverse('petitions')}?{urlencode(asked)}"
