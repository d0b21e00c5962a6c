"""Routes of the province's board."""

from django.urls import URLPattern, URLResolver, path

from huiyin.interfaces.pages import errors, sign_in
from huiyin.interfaces.provincial import board, county
from huiyin.interfaces.provincial.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", board.board, name="board"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("activate/", sign_in.activate, name="activate"),
    path("counties/<slug:schema>/", county.county, name="board_county"),
    path("api/", api.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
