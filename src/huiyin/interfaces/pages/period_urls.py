"""Routes of closing periods."""

from django.urls import path

from . import periods, periods_acts

urlpatterns = [
    path("periods/", periods.period_list, name="periods"),
    path("periods/<slug:written>/", periods.period, name="period"),
    path("periods/<slug:written>/prepare", periods_acts.period_prepare, name="period_prepare"),
    path("periods/versions/<int:version_id>/approve", periods_acts.period_approve, name="period_approve"),
    path("periods/versions/<int:version_id>/reopen", periods_acts.period_reopen, name="period_reopen"),
    path("periods/versions/<int:version_id>/give-up", periods_acts.period_give_up, name="period_give_up"),
]
