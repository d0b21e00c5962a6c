"""Query codes: what is stored of the twelve characters by which a petitioner asks without an account."""

import hashlib
import hmac

from django.conf import settings

from huiyin.kernel import tenant


def digest_of_code(number: str, code: str) -> str:
    """Return what is stored of a query code: bound to its petition's (or receipt's, or booking's) number."""
    return hashlib.sha256(f"{number}:{code.strip().upper()}".encode()).hexdigest()


def key_of_code(code: str) -> str:
    """Return under what a code is found where its number was lost (DOMAIN §3: code and last digits of the phone).

    Keyed with the installation's index key and the county's schema: whoever has the table alone can try out no code.
    """
    message = f"{tenant.current().schema}:query-code:{code.strip().upper()}".encode()
    return hmac.new(settings.HUIYIN_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()
