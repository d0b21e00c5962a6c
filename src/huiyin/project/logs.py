"""Logs: one JSON object per line, with request, county and actor id, and never a name or a text (SAFETY §7)."""

import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.typing import EventDict, Processor, WrappedLogger

from huiyin.kernel.tenant import current_or_none
from huiyin.project.scrubbing import text_without_people

REQUEST_ID = "X-Request-ID"
# A proxy's id is random and looks it: whatever else a client writes there is not carried into the logs.
KNOWN_ID = re.compile(r"[0-9a-f]{32}")
# What these keys hold is ours: moments, names of code and ids made by us.
PLAIN_KEYS = frozenset({"timestamp", "level", "logger", "county", "request_id", "message_id", "job", "reason"})

log = structlog.get_logger("huiyin.requests")


def the_county(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Add the schema of the office entered."""
    tenant = current_or_none()
    if tenant is not None:
        event.setdefault("county", tenant.schema)
    return event


def no_people(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Clean every text that is not ours; numbers stay."""
    for key, value in event.items():
        if key in PLAIN_KEYS or value is None or isinstance(value, bool | int | float):
            continue
        event[key] = text_without_people(value if isinstance(value, str) else repr(value))
    return event


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    the_county,
)


def as_json() -> structlog.stdlib.ProcessorFormatter:
    """Return what turns a record, ours or a library's, into one line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.EventRenamer("message"),
            no_people,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
    )


def configure() -> None:
    """Let our own loggers speak through the standard library's."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def configuration(*, level: str = "INFO") -> dict[str, Any]:
    """Return Django's LOGGING: everything goes to the error stream as JSON; the libraries only from WARNING on."""
    configure()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": as_json}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "stream": sys.stderr}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "huiyin": {"level": level},
            # Django gives these handlers of its own, one of which mails whole requests.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }


class RequestLogMiddleware:
    """Gives every request an id, carries it through the logs and the answer, and writes one line about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on under its id; a proxy's id is kept."""
        given = request.headers.get(REQUEST_ID, "")
        request_id = given if KNOWN_ID.fullmatch(given) else uuid.uuid4().hex
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                route=getattr(request.resolver_match, "route", None),
                status=response.status_code,
                milliseconds=round((time.monotonic() - began) * 1000),
                county=getattr(getattr(request, "tenant", None), "schema", None),
                actor=_actor_of(request),
            )
        response.headers[REQUEST_ID] = request_id
        return response


def _actor_of(request: HttpRequest) -> int | None:
    """Return the id of who is signed in, where the request asked for it anyway: a log line costs no query."""
    staff = getattr(request, "_cached_user", None)
    actor: int | None = getattr(staff, "pk", None)
    return actor
