"""分析: the tabs that lead from one view of the office's numbers to the next."""

from django.urls import reverse

from huiyin.interfaces.components.links import Tab, Tabs

PLACES = (
    ("四个百分之百", "promises"),
    ("指标", "analysis"),
    ("热点", "hotspots"),
    ("承办单位", "unit_scores"),
    ("分析报告", "reports"),
    ("结账报送", "periods"),
)


def analysis_tabs(active: str) -> Tabs:
    """Return the tabs with the one in sight marked."""
    return Tabs(
        label="分析",
        items=tuple(Tab(label=label, href=reverse(name), active=name == active) for label, name in PLACES),
    )
