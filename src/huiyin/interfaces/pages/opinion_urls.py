"""Routes of supervision's second half: findings, reports, opinions, effects, a topic's whole story."""

from django.urls import URLPattern, path

from . import effects, findings, inspection_reports, opinions, topics

urlpatterns: list[URLPattern] = [
    path("supervision/activities/<int:activity_id>/findings/new", findings.finding_new, name="finding_new"),
    path("supervision/findings/<int:finding_id>/", findings.finding, name="finding"),
    path("supervision/findings/<int:finding_id>/change", findings.finding_change, name="finding_change"),
    path("supervision/findings/<int:finding_id>/steps/<slug:name>", findings.finding_step, name="finding_step"),
    path(
        "supervision/activities/<int:activity_id>/reports/new",
        inspection_reports.inspection_report_new,
        name="inspection_report_new",
    ),
    path(
        "supervision/reports/<int:inspection_report_id>/",
        inspection_reports.inspection_report,
        name="inspection_report",
    ),
    path(
        "supervision/reports/<int:inspection_report_id>/steps/<slug:name>",
        inspection_reports.inspection_report_step,
        name="inspection_report_step",
    ),
    path("supervision/activities/<int:activity_id>/opinions/new", opinions.opinion_new, name="opinion_new"),
    path("supervision/opinions/", opinions.opinions, name="opinions"),
    path("supervision/opinions/<int:opinion_id>/", opinions.opinion, name="opinion"),
    path("supervision/opinions/<int:opinion_id>/change", opinions.opinion_change, name="opinion_change"),
    path("supervision/opinions/<int:opinion_id>/steps/<slug:name>", opinions.opinion_step, name="opinion_step"),
    path("supervision/effects/", effects.effects, name="effects"),
    path("supervision/effects/<int:activity_id>/", effects.effect, name="effect"),
    path("supervision/effects/<int:activity_id>/steps/<slug:name>", effects.effect_step, name="effect_step"),
    path("supervision/topics/<int:topic_id>/", topics.topic_story, name="topic_story"),
    path("supervision/petitions/", topics.topic_petitions, name="topic_petitions"),
]
