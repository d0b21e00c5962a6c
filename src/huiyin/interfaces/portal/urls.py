"""Routes of the petitioners' pages, but for the reception days."""

from django.urls import path

from . import opinions, pages, plan, status, web

urlpatterns = [
    path("portal/", pages.portal, name="portal"),
    path("portal/questions/", pages.questions, name="portal_questions"),
    path("portal/plan/", plan.plan, name="portal_plan"),
    path("portal/opinions/", opinions.opinions, name="portal_opinions"),
    path("portal/opinions/<int:opinion_id>/", opinions.opinion, name="portal_opinion"),
    path("portal/large", pages.large, name="portal_large"),
    path("portal/petition/", web.web_petition, name="web_petition"),
    path("portal/status/", status.status, name="status"),
    path("portal/status/own/", status.own_petition, name="own_petition"),
    path("portal/status/own/leave", status.own_leave, name="own_leave"),
    path("portal/status/own/evaluate", status.own_evaluate, name="own_evaluate"),
    path("portal/status/own/supplement", status.own_supplement, name="own_supplement"),
    path("portal/status/own/replies/<int:reply_id>", status.own_reply, name="own_reply"),
    path("portal/status/own/papers/<int:document_id>", status.own_paper, name="own_paper"),
]
