"""机关事务: the tabs that lead from one of the office's own lists to the next."""

from django.urls import reverse

from huiyin.interfaces.components.links import Tab, Tabs

PLACES = (
    ("领导小组", "leading_group"),
    ("承办单位", "units"),
    ("培训", "trainings"),
    ("年度听取", "hearings"),
    ("制度汇编", "regulations"),
    ("法律库", "statutes"),
)


def office_tabs(active: str) -> Tabs:
    """Return the tabs with the one in sight marked."""
    return Tabs(
        label="机关事务",
        items=tuple(Tab(label=label, href=reverse(name), active=name == active) for label, name in PLACES),
    )
