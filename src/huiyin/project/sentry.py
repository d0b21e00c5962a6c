"""Sentry: errors that need a change of code are reported, people are not (SAFETY §4).

What leaves is chosen, not filtered: of an event only the parts named here are kept, and those are scrubbed besides.
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event, Hint

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import current_or_none
from huiyin.project.scrubbing import without_people

if TYPE_CHECKING:
    from sentry_sdk._types import DataCollectionUserOptions

Process = Literal["web", "worker"]

# Parts of an event that are the library's own and hold nothing of a request.
AS_THEY_ARE = ("event_id", "timestamp", "platform", "level", "release", "environment", "sdk", "modules")
SCRUBBED = ("exception", "logentry", "message", "transaction", "transaction_info", "logger", "fingerprint")
CONTEXTS = ("runtime", "trace")
# What was ``send_default_pii=False`` and is said one by one since version 2.75 of the library.
NOTHING_OF_PEOPLE: "DataCollectionUserOptions" = {
    "user_info": False,
    "cookies": {"mode": "off"},
    "http_headers": {"request": {"mode": "off"}},
    "http_bodies": [],
    "url_query_params": {"mode": "off"},
    "graphql": {"document": False, "variables": False},
    "gen_ai": {"inputs": False, "outputs": False},
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
    "frame_context_lines": 0,
}
TAGS = ("job", "process")


def start(process: Process, *, transport: Transport | None = None) -> bool:
    """Report the errors of this process from now on; return False, having done nothing, when no DSN is set."""
    if not settings.HUIYIN_SENTRY_DSN:
        return False
    sentry_sdk.init(
        dsn=settings.HUIYIN_SENTRY_DSN,
        transport=transport,
        release=f"huiyin@{version('huiyin')}",
        environment="development" if settings.DEBUG else "production",
        server_name="",
        data_collection=NOTHING_OF_PEOPLE,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=before_send,
        before_breadcrumb=no_breadcrumb,
        before_send_transaction=no_transaction,
        traces_sample_rate=None,
        trace_propagation_targets=[],
        auto_session_tracking=False,
        send_client_reports=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            DedupeIntegration(),
            ExcepthookIntegration(),
            ThreadingIntegration(propagate_scope=False),
            AtexitIntegration(callback=say_nothing),
            DjangoIntegration(transaction_style="url", middleware_spans=False, signals_spans=False, cache_spans=False),
        ],
    )
    sentry_sdk.set_tag("process", process)
    return True


def before_send(event: Event, hint: Hint) -> Event | None:
    """Return what may leave of an event; None for a refusal, which is an answer and no error."""
    told = hint.get("exc_info")
    if told and isinstance(told[1], Refusal):
        return None
    given: dict[str, Any] = {**event}
    kept: dict[str, Any] = {key: given[key] for key in AS_THEY_ARE if key in given}
    kept |= {key: without_people(given[key]) for key in SCRUBBED if key in given}
    kept["contexts"] = {
        key: without_people(value) for key, value in given.get("contexts", {}).items() if key in CONTEXTS
    }
    kept["tags"] = {key: value for key, value in given.get("tags", {}).items() if key in TAGS}
    tenant = current_or_none()
    if tenant is not None:
        kept["tags"]["county"] = tenant.schema
    allowed: Event = kept  # type: ignore[assignment]  # built from an event's own parts
    return allowed


def no_breadcrumb(_crumb: object, _hint: object) -> None:
    """Keep no trail of what a person did before the error."""


def no_transaction(_event: object, _hint: object) -> None:
    """Send no timing of requests: their names are measured on our own machine."""


def say_nothing(_pending: int, _timeout: float) -> None:
    """Let a process end without a word on its error stream."""
