"""Routes of hotspots and of what the units did."""

from django.urls import path

from . import hotspots, hotspots_rule, unit_scores

urlpatterns = [
    path("analysis/hotspots/", hotspots.hotspot_list, name="hotspots"),
    path("analysis/hotspots/line", hotspots.hotspot_line, name="hotspot_line"),
    path("analysis/hotspots/rule", hotspots_rule.hotspot_rule, name="hotspot_rule"),
    path("analysis/units/", unit_scores.unit_scores, name="unit_scores"),
    path("analysis/units/<slug:code>/", unit_scores.unit_score, name="unit_score"),
    path("analysis/units/<slug:code>/dossier", unit_scores.unit_dossier, name="unit_dossier"),
]
