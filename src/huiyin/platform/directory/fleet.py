"""The ledger of fleet migrations: which schema was brought where, in which run, and what went wrong."""

from django.db import models
from django.db.models import Q

from huiyin.kernel.words import Word


class RunState(Word):
    """How far a fleet migration has come."""

    RUNNING = "running", "进行中"
    DONE = "done", "全部完成"
    FAILED = "failed", "有单位失败"


class StepState(Word):
    """What became of one schema in a run."""

    WAITING = "waiting", "等待"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class FleetRun(models.Model):
    """One run of ``migrate_fleet`` towards one set of migrations; a run that died is taken up again."""

    target = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=RunState.choices())
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "platform_fleet_run"
        constraints = [
            models.UniqueConstraint(
                name="one_fleet_run_at_a_time", fields=["state"], condition=Q(state=RunState.RUNNING.value)
            ),
        ]

    def __str__(self) -> str:
        """Return which run it is and how far it came."""
        return f"{self.pk} {self.state}"


class FleetStep(models.Model):
    """One schema of a run: how often it was tried, and what stopped it."""

    run = models.ForeignKey(FleetRun, on_delete=models.PROTECT, related_name="steps")
    schema_name = models.CharField(max_length=48)
    state = models.CharField(max_length=12, choices=StepState.choices(), default=StepState.WAITING.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    migrations = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=1000, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "platform_fleet_step"
        constraints = [
            models.UniqueConstraint(name="one_step_per_run_and_schema", fields=["run", "schema_name"]),
            models.CheckConstraint(
                name="a_failed_step_says_why", condition=~Q(state=StepState.FAILED.value) | ~Q(error="")
            ),
        ]

    def __str__(self) -> str:
        """Return the schema and what became of it."""
        return f"{self.schema_name} {self.state}"
