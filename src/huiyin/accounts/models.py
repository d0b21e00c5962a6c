"""Who may sign in to one office, and with what."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from huiyin.accounts.roles import UNIT_ROLES, Role


class StaffManager(BaseUserManager["Staff"]):
    """Finds accounts by the name they sign in with, by unit and by role."""

    def of_unit(self, code: str) -> "models.QuerySet[Staff]":
        """Return the active accounts of a unit; a unit without a code has none."""
        return self.filter(is_active=True, unit_code=code, roles__overlap=sorted(UNIT_ROLES)).exclude(unit_code="")

    def holding(self, *roles: Role) -> "models.QuerySet[Staff]":
        """Return the active accounts with one of the roles."""
        return self.filter(is_active=True, roles__overlap=[role.value for role in roles])


class Staff(AbstractBaseUser):
    """An account of this office: a named person with roles, or an account of a unit's person."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    unit_code = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    session_round = models.PositiveIntegerField(default=0)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_staff"
        constraints = [
            models.CheckConstraint(name="a_unit_account_names_its_unit", condition=Q(unit_code="") | ~Q(roles=[])),
        ]

    def __str__(self) -> str:
        """Return the person's name."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what every session of the account carries: another password or round ends them all."""
        told = f"{self.session_round}:{self.password}"
        return salted_hmac("huiyin.accounts.session", told, secret=secret, algorithm="sha256").hexdigest()

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles in force."""
        return frozenset(Role(code) for code in self.roles)

    @property
    def role_labels(self) -> str:
        """The roles as the screen shows them."""
        return "、".join(role.label for role in Role if role.value in self.roles)

    @property
    def is_of_unit(self) -> bool:
        """Whether this account belongs to a unit rather than to the office."""
        return bool(self.role_set & UNIT_ROLES)


class ApiToken(models.Model):
    """A token for programs: shown once, stored as its SHA-256."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_api_token"

    def __str__(self) -> str:
        """Return the token's name."""
        return self.name


class SetupToken(models.Model):
    """The one-time token by which the first administrator sets a password."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="setup_tokens")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_setup_token"

    def __str__(self) -> str:
        """Return whose token it is."""
        return f"{self.staff_id}"


class SignInFailure(models.Model):
    """A failed attempt to sign in: what the lock counts."""

    username = models.CharField(max_length=40)
    source = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_sign_in_failure"
        indexes = [models.Index(name="failures_by_name_and_time", fields=["username", "at"])]

    def __str__(self) -> str:
        """Return the name that was tried."""
        return self.username
