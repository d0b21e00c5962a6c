"""How an account of the entered office is recognised."""

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from huiyin.accounts.models import Staff


class StaffBackend:
    """Signs in by user name and password within the current schema; roles live in code, so it grants nothing."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None
    ) -> Staff | None:
        """Return the active account whose password this is; an unknown name costs the same time."""
        del request
        if not username or not password:
            return None
        staff = Staff.objects.filter(username=username).first()
        if staff is None:
            make_password(password)
            return None
        if not check_password(password, staff.password) or not staff.is_active:
            return None
        return staff

    def get_user(self, user_id: int) -> Staff | None:
        """Return the account of a session while it is active."""
        return Staff.objects.filter(pk=user_id, is_active=True).first()
