"""Seeds: what a definition file gives a new office once, and how an office's own rows differ from it later."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import is_password_usable, make_password

from huiyin.accounts.actions import SETUP_TOKEN_LIFE, digest
from huiyin.accounts.models import SetupToken, Staff
from huiyin.accounts.roles import Role
from huiyin.county.journal.models import ChainHead
from huiyin.county.journal.rules import GENESIS
from huiyin.county.office.models import LeadingGroupMember, Place, ReceptionDay, Tag, Unit
from huiyin.kernel.refusal import Refusal
from huiyin.platform.directory.definitions import AdministratorSeed, CountyDefinition, Definition
from huiyin.project.tenancy.backend.base import OWNER

Value = str | date | list[str] | None
Row = Mapping[str, Value]
SeededModel = type[Unit] | type[LeadingGroupMember] | type[ReceptionDay] | type[Tag] | type[Place]


@dataclass(frozen=True, slots=True)
class Seed:
    """The rows of one table as the file tells them: ``key`` says which row is which."""

    noun: str
    model: SeededModel
    key: tuple[str, ...]
    rows: tuple[Row, ...]

    def name_of(self, row: Row) -> str:
        """Return what a person calls the row."""
        return " ".join(str(row[name]) for name in self.key)


def seeds_of(definition: CountyDefinition) -> tuple[Seed, ...]:
    """Return the file's rows table by table, with the columns they have there."""
    units: list[Row] = [unit.model_dump() | {"handlers": list(unit.handlers)} for unit in definition.units]
    tags: list[Row] = [
        {
            "code": tag.code,
            "name": tag.name,
            "category_code": tag.category,
            "statute_code": tag.statute or "",
            "words": list(tag.words),
        }
        for tag in definition.tags
    ]
    places: list[Row] = [
        {"code": place.code, "name": place.name, "superior_code": place.superior or ""}
        for place in definition.gazetteer
    ]
    return (
        Seed("单位", Unit, ("code",), tuple(units)),
        Seed(
            "领导小组成员", LeadingGroupMember, ("name",), tuple(one.model_dump() for one in definition.leading_group)
        ),
        Seed(
            "接待日", ReceptionDay, ("on", "leader_name"), tuple(one.model_dump() for one in definition.reception_days)
        ),
        Seed("标签", Tag, ("code",), tuple(tags)),
        Seed("地名", Place, ("code",), tuple(places)),
    )


def write(definition: Definition) -> list[str]:
    """Write the seed into the chosen schema, whose tables are empty; return what was written, in words."""
    if not isinstance(definition, CountyDefinition):
        return []
    ChainHead.objects.using(OWNER).create(pk=1, number=0, hash=GENESIS)
    words = []
    for seed in seeds_of(definition):
        if seed.model is Unit:
            write_units(seed)
        else:
            rows = [seed.model(**row) for row in seed.rows]
            seed.model.objects.using(OWNER).bulk_create(rows)  # type: ignore[arg-type]  # the rows are this model's
        if seed.rows:
            words.append(f"写入{seed.noun} {len(seed.rows)} 项")
    return words


def write_units(seed: Seed) -> None:
    """Write the units, each level after the one above it."""
    keys: dict[Value, int | None] = {None: None}
    left = list(seed.rows)
    while left:
        level = [row for row in left if row["superior"] in keys]
        units = [
            Unit(
                **{name: value for name, value in row.items() if name != "superior"}, superior_id=keys[row["superior"]]
            )
            for row in level
        ]
        keys |= {unit.code: unit.pk for unit in Unit.objects.using(OWNER).bulk_create(units)}
        left = [row for row in left if row["code"] not in keys]


def differences(definition: Definition) -> Iterator[str]:
    """Yield, in words, where the office's own rows are not what its file says: they are kept."""
    if not isinstance(definition, CountyDefinition):
        return
    for seed in seeds_of(definition):
        present = {seed.name_of(row): row for row in rows_of(seed)}
        for row in seed.rows:
            name = seed.name_of(row)
            found = present.get(name)
            if found is None:
                yield f"{seed.noun} {name}：文件中有，本单位没有"
            elif found != row:
                columns = "、".join(column for column in row if found[column] != row[column])
                yield f"{seed.noun} {name}：与文件不同（{columns}）"


def rows_of(seed: Seed) -> list[Row]:
    """Return the office's own rows with the columns that the file tells."""
    columns = list(seed.rows[0]) if seed.rows else []
    asked = ["superior__code" if seed.model is Unit and column == "superior" else column for column in columns]
    rows = seed.model.objects.using(OWNER).order_by("pk").values_list(*asked)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def open_administrator(seed: AdministratorSeed, *, at: datetime) -> str:
    """Open the first account (县管理员), which has no password, and return its one-time token."""
    staff = Staff.objects.using(OWNER).create(
        username=seed.username,
        name=seed.name,
        title=Role.ADMINISTRATOR.label,
        roles=[Role.ADMINISTRATOR.value],
        created_at=at,
        password=make_password(None),
    )
    return issue_token(staff, at=at)


def renew_token(seed: AdministratorSeed, *, at: datetime) -> str:
    """Return a new one-time token where the first one was lost; refuse once the account has a password."""
    staff = Staff.objects.using(OWNER).filter(username=seed.username).first()
    if staff is None or is_password_usable(staff.password):
        raise Refusal("onboarding.already_set_up", f"管理员账号 {seed.username} 已经启用，不能再签发激活码")
    SetupToken.objects.using(OWNER).filter(staff=staff, used_at=None).update(used_at=at)
    return issue_token(staff, at=at)


def issue_token(staff: Staff, *, at: datetime) -> str:
    """Return a new one-time token of which only the digest is kept."""
    secret = secrets.token_urlsafe(24)
    SetupToken.objects.using(OWNER).create(staff=staff, digest=digest(secret), expires_at=at + SETUP_TOKEN_LIFE)
    return secret
