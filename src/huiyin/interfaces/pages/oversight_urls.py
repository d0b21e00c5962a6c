"""Routes of oversight."""

from django.urls import path

from . import oversight

urlpatterns = [
    path("board/", oversight.board, name="board"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("oversight/remind", oversight.remind, name="oversight_remind"),
]
