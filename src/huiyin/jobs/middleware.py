"""What happens around every job: its office is entered, its failures are told, and it carries no text."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import sentry_sdk
import structlog
from django.db import close_old_connections, connections
from dramatiq import Broker, Message, MessageProxy
from dramatiq.errors import Retry
from dramatiq.middleware import Middleware, MiddlewareError, Retries, SkipMessage

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant, entered

MOST_ATTEMPTS = 20
FIRST_PAUSE_MILLISECONDS = 2_000
LONGEST_PAUSE_MILLISECONDS = 60 * 60 * 1000
MIGRATION_PAUSE_MILLISECONDS = 30_000

log = structlog.get_logger("huiyin.jobs")


class OfficeUnreachableError(MiddlewareError):
    """The register could not be asked for the office of a message: the job has to wait."""


class OfficeMigratingError(MiddlewareError, Retry):
    """The office is being upgraded: the job waits, however long that takes."""


class Patience(Retries):
    """Tries a failed job again with growing pauses; a refusal is an answer and is not asked twice."""

    def __init__(self) -> None:
        """Say how often and how long."""
        super().__init__(
            min_backoff=FIRST_PAUSE_MILLISECONDS,
            max_backoff=LONGEST_PAUSE_MILLISECONDS,
            retry_when=_is_worth_trying_again,
        )


class PlainMessages(Middleware):
    """Takes the traceback out of a message before it is stored again: its words may be those of a petition."""

    def before_enqueue(self, _broker: Broker, message: Message[Any], _delay: int | None) -> None:
        """Clean a message that is put back."""
        message.options.pop("traceback", None)

    def before_nack(self, _broker: Broker, message: MessageProxy) -> None:
        """Clean a message that is kept as rejected."""
        message.options.pop("traceback", None)


class CountyMiddleware(Middleware):
    """Enters the office of a message before its job and leaves it afterwards, whatever happened."""

    def __init__(self, *, tenant_of: Callable[[str], Tenant]) -> None:
        """Keep the way to the register."""
        self._tenant_of = tenant_of
        self._running = threading.local()

    def before_process_message(self, _broker: Broker, message: MessageProxy) -> None:
        """Enter the message's office; refuse a message without one, or one whose office is closed."""
        close_old_connections()
        tenant = self._office_of(message)
        stack = ExitStack()
        stack.enter_context(entered(tenant))
        stack.enter_context(
            structlog.contextvars.bound_contextvars(job=message.actor_name, message_id=message.message_id)
        )
        self._running.stack = stack

    def after_process_message(
        self,
        _broker: Broker,
        message: MessageProxy,
        *,
        result: object = None,
        exception: BaseException | None = None,
    ) -> None:
        """Tell how the job ended, report what needs a change of code, and leave the office."""
        del result
        try:
            if exception is None:
                log.info("job done")
            elif isinstance(exception, Refusal | Retry):
                log.warning("job not done", reason=getattr(exception, "code", type(exception).__name__))
            else:
                with sentry_sdk.new_scope() as scope:
                    scope.set_tag("job", message.actor_name)
                    scope.capture_exception(exception)
        finally:
            self._leave()

    def after_skip_message(self, _broker: Broker, _message: MessageProxy) -> None:
        """Leave, although a refused message entered nothing."""
        self._leave()

    def before_worker_thread_shutdown(self, _broker: Broker, _thread: threading.Thread) -> None:
        """Close the thread's sessions with the thread."""
        connections.close_all()

    def _leave(self) -> None:
        stack: ExitStack | None = getattr(self._running, "stack", None)
        self._running.stack = None
        if stack is not None:
            stack.close()
        close_old_connections()

    def _office_of(self, message: MessageProxy) -> Tenant:
        county = message.kwargs.get("county")
        if not isinstance(county, str) or not county:
            raise _refused(message, "job.without_county")
        try:
            tenant = self._tenant_of(county)
        except Refusal as refusal:
            raise _refused(message, refusal.code) from refusal
        except Exception as error:
            # dramatiq goes on after any other error of a middleware: the job would run outside its office.
            raise OfficeUnreachableError(type(error).__name__) from error
        if tenant.state == "migrating":
            raise OfficeMigratingError(delay=MIGRATION_PAUSE_MILLISECONDS)
        if tenant.state != "active":
            raise _refused(message, "tenancy.suspended")
        return tenant


def _refused(message: MessageProxy, reason: str) -> SkipMessage:
    """Return what ends a message without its job: it is kept as rejected."""
    log.warning("job refused", job=message.actor_name, message_id=message.message_id, reason=reason)
    message.fail()
    return SkipMessage(reason)


def _is_worth_trying_again(attempts: int, exception: BaseException) -> bool:
    if isinstance(exception, OfficeMigratingError):
        return True
    return not isinstance(exception, Refusal) and attempts < MOST_ATTEMPTS
