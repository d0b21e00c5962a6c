"""Routes of oversight and recommendations."""

from django.urls import path

from . import oversight, recommendations

urlpatterns = [
    path("board/", oversight.board, name="board"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("oversight/remind", oversight.remind, name="oversight_remind"),
    path("recommendations/", recommendations.recommendation_list, name="recommendations"),
    path("recommendations/new", recommendations.recommendation_new, name="recommendation_new"),
    path("recommendations/<int:recommendation_id>/", recommendations.recommendation, name="recommendation"),
    path(
        "recommendations/<int:recommendation_id>/make", recommendations.recommendation_make, name="recommendation_make"
    ),
    path(
        "recommendations/<int:recommendation_id>/send-back",
        recommendations.recommendation_send_back,
        name="recommendation_send_back",
    ),
    path(
        "recommendations/<int:recommendation_id>/answer",
        recommendations.recommendation_answer,
        name="recommendation_answer",
    ),
]
