"""Installation: the shared tables, the queue's schema, who may read them, and what they are seeded with."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor

from huiyin.kernel.tenant import PUBLIC
from huiyin.platform.calendar.seeding import seed_calendar
from huiyin.platform.categories import actions as categories
from huiyin.platform.statutes.seeding import seed_statutes
from huiyin.project.onboarding.locks import hold_for_this_transaction
from huiyin.project.onboarding.script import migrate, owner_connection, targets
from huiyin.project.tenancy import roles
from huiyin.project.tenancy.names import installed


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation wrote; a second one writes nothing."""

    migrations: int
    years: int
    categories: int
    statutes: int

    @property
    def words(self) -> str:
        """The same as one sentence."""
        if not any((self.migrations, self.years, self.categories, self.statutes)):
            return "平台已是最新，没有改动"
        return (
            f"应用迁移 {self.migrations} 个，写入日历 {self.years} 年、内容分类 {self.categories} 个、"
            f"法律目录 {self.statutes} 部"
        )


def install(*, at: datetime) -> Installed:
    """Bring the public schema to what the code wants and seed what is missing: one transaction, any number of times."""
    connection = owner_connection()
    with connection.choosing(PUBLIC), transaction.atomic(using="owner"):
        hold_for_this_transaction(connection)
        pending = MigrationExecutor(connection)
        count = len(pending.migration_plan(targets(pending.loader, "public")))
        if count:
            migrate(connection, "public")
            with connection.cursor() as cursor:
                for statement in roles.shared_grants(installed()):
                    cursor.execute(statement)
        return Installed(
            migrations=count,
            years=seed_calendar(at=at),
            categories=categories.seed(),
            statutes=seed_statutes(),
        )
