"""Routes of supervision: topics, directors' meetings, the yearly plan, activities."""

from django.urls import URLPattern, path

from . import activities, supervision, supervision_meetings, supervision_plans, topic_proposals

urlpatterns: list[URLPattern] = [
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/proposals/", topic_proposals.topic_proposals, name="topic_proposals"),
    path("supervision/proposals/new", topic_proposals.topic_proposal_new, name="topic_proposal_new"),
    path("supervision/proposals/<int:topic_id>/", topic_proposals.topic_proposal, name="topic_proposal"),
    path(
        "supervision/proposals/<int:topic_id>/rewrite",
        topic_proposals.topic_proposal_rewrite,
        name="topic_proposal_rewrite",
    ),
    path(
        "supervision/proposals/<int:topic_id>/steps/<slug:name>",
        topic_proposals.topic_proposal_step,
        name="topic_proposal_step",
    ),
    path("supervision/meetings/", supervision_meetings.directors_meetings, name="directors_meetings"),
    path("supervision/meetings/new", supervision_meetings.directors_meeting_new, name="directors_meeting_new"),
    path("supervision/meetings/<int:meeting_id>/", supervision_meetings.directors_meeting, name="directors_meeting"),
    path(
        "supervision/meetings/<int:meeting_id>/correct",
        supervision_meetings.directors_meeting_correct,
        name="directors_meeting_correct",
    ),
    path(
        "supervision/meetings/<int:meeting_id>/steps/<slug:name>",
        supervision_meetings.directors_meeting_step,
        name="directors_meeting_step",
    ),
    path("supervision/plans/", supervision_plans.supervision_plans, name="supervision_plans"),
    path("supervision/plans/new", supervision_plans.supervision_plan_new, name="supervision_plan_new"),
    path("supervision/plans/<int:plan_id>/", supervision_plans.supervision_plan, name="supervision_plan"),
    path("supervision/plans/<int:plan_id>/items/new", supervision_plans.plan_item_new, name="plan_item_new"),
    path(
        "supervision/plans/<int:plan_id>/steps/<slug:name>",
        supervision_plans.supervision_plan_step,
        name="supervision_plan_step",
    ),
    path("supervision/plans/items/<int:item_id>/change", supervision_plans.plan_item_change, name="plan_item_change"),
    path("supervision/plans/items/<int:item_id>/drop", supervision_plans.plan_item_drop, name="plan_item_drop"),
    path("supervision/activities/", activities.activities, name="activities"),
    path("supervision/activities/new", activities.activity_new, name="activity_new"),
    path("supervision/activities/<int:activity_id>/", activities.activity, name="activity"),
    path("supervision/activities/<int:activity_id>/change", activities.activity_change, name="activity_change"),
    path("supervision/activities/<int:activity_id>/steps/<slug:name>", activities.activity_step, name="activity_step"),
]
