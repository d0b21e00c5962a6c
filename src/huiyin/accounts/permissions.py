"""Permissions: one sentence each, used by the action that refuses and by the button that hides."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

from huiyin.accounts.roles import Role
from huiyin.kernel.refusal import Refusal


class Person(Protocol):
    """Whoever acts: an account with roles."""

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles in force."""
        ...


def may(check: Callable[..., None]) -> Callable[..., bool]:
    """Return the question of a check: the same sentence, answered with yes or no."""

    @wraps(check)
    def question(*args: object, **values: object) -> bool:
        try:
            check(*args, **values)
        except Refusal:
            return False
        return True

    return question


def check_has_role(by: Person, *roles: Role, act: str) -> None:
    """Refuse when the person holds none of the roles; ``act`` names what was tried, in the clerk's words."""
    if not by.role_set & frozenset(roles):
        names = "、".join(role.label for role in roles)
        raise Refusal("permission.role_missing", f"{act}需要由{names}办理", act=act)
