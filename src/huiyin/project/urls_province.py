"""Routes of the province's board."""

from django.urls import URLPattern, URLResolver, path

from huiyin.interfaces.pages import errors, sign_in
from huiyin.interfaces.provincial import board, completeness, county, funnel, guide, hotspots, releases
from huiyin.interfaces.provincial.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", board.board, name="board"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("activate/", sign_in.activate, name="activate"),
    path("counties/<slug:schema>/", county.county, name="board_county"),
    path("counties/<slug:schema>/<str:first>/<str:last>/", county.versions, name="board_versions"),
    path("releases/", releases.releases, name="releases"),
    path("releases/publish", releases.publish, name="release_publish"),
    path("releases/<int:release_id>/", releases.release, name="release"),
    path("releases/<int:release_id>/counties/<slug:schema>/", releases.release_county, name="release_county"),
    path("releases/<int:release_id>/<slug:place>/<slug:column>/", releases.release_cell, name="release_cell"),
    path("hotspots/", hotspots.hotspots, name="common_hotspots"),
    path("funnel/", funnel.funnel, name="funnel"),
    path("completeness/", completeness.completeness, name="completeness"),
    path("help/", guide.guide, name="province_help"),
    path("api/", api.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
