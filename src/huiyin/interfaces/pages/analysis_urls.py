"""Routes of the office's numbers."""

from django.urls import path

from . import analysis, analysis_breakdown

urlpatterns = [
    path("analysis/", analysis.analysis, name="analysis"),
    path("analysis/<slug:code>/", analysis_breakdown.analysis_breakdown, name="analysis_breakdown"),
]
