"""监督: the tabs that lead from one part of supervision to the next."""

from django.urls import reverse

from huiyin.interfaces.components.links import Tab, Tabs

PLACES: tuple[tuple[str, str], ...] = (
    ("总览", "supervision"),
    ("议题建议", "topic_proposals"),
    ("主任会议", "directors_meetings"),
    ("年度计划", "supervision_plans"),
    ("监督活动", "activities"),
    ("审议意见", "opinions"),
    ("成效", "effects"),
)


def supervision_tabs(active: str) -> Tabs:
    """Return the tabs with the one in sight marked."""
    return Tabs(
        label="监督",
        items=tuple(Tab(label=label, href=reverse(name), active=name == active) for label, name in PLACES),
    )
