"""Who may open a page at all: declared beside every route, checked before the view runs."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.accounts.models import Staff
from huiyin.accounts.permissions import check_has_role
from huiyin.accounts.roles import READS_PETITIONS, UNIT_ROLES, Role

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]

EVERYONE = frozenset(Role)
OFFICE_READERS = READS_PETITIONS
READERS_AND_UNITS = READS_PETITIONS | UNIT_ROLES


def staff_of(request: HttpRequest) -> Staff:
    """Return the signed-in person; only views behind ``needs`` may ask."""
    return cast("Staff", request.user)


def needs(roles: Iterable[Role]) -> Callable[[View[Given]], View[Given]]:
    """Let only signed-in people with one of the roles open the view; others sign in first, or are refused."""
    wanted = frozenset(roles)

    def guard(view: View[Given]) -> View[Given]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Given.args, **values: Given.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
            check_has_role(staff_of(request), *sorted(wanted), act="打开这一页")
            return view(request, *args, **values)

        guarded.needs = wanted  # type: ignore[attr-defined]  # read by the test that every route declares its roles
        return cast("View[Given]", guarded)

    return guard


def open_to_all(view: View[Given]) -> View[Given]:
    """Declare that a view is for petitioners and passers-by, without an account."""
    view.needs = frozenset()  # type: ignore[attr-defined]  # see ``needs``
    return view
