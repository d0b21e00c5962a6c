"""Where something came from, as a mark that is the same for one day and tells no address."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day


def mark_of(request: HttpRequest, *, what: str, at: datetime) -> str:
    """Return the mark: nobody traces an anonymous writer by it, and a machine that sends hundreds is held back."""
    place = f"{tenant.current().schema}:{local_day(at).isoformat()}:{request.META.get('REMOTE_ADDR', '')}"
    return hmac.new(settings.SECRET_KEY.encode(), f"{what}:{place}".encode(), hashlib.sha256).hexdigest()
