"""Routes of analysis reports."""

from django.urls import path

from . import reports, reports_acts

urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/<slug:written>/", reports.report, name="report"),
    path("reports/<slug:written>/write", reports_acts.report_write, name="report_write"),
    path("reports/<slug:written>/priorities/new", reports_acts.priority_new, name="priority_new"),
    path("reports/priorities/<int:priority_id>/remove", reports_acts.priority_remove, name="priority_remove"),
]
