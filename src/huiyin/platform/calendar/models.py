"""Rest days and make-up days, as the State Council announces them and the operator edits them."""

from django.db import models

from huiyin.kernel.words import Word


class DayKind(Word):
    """How a day differs from what its weekday says."""

    REST = "rest", "休息日"
    WORK = "work", "调休上班"


class CalendarDay(models.Model):
    """One day that is not what its weekday says."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=DayKind.choices())
    name = models.CharField(max_length=40)

    class Meta:
        db_table = "platform_calendar_day"

    def __str__(self) -> str:
        """Return the day and what it is."""
        return f"{self.day} {self.name}"


class CalendarYear(models.Model):
    """A year whose rest days have been announced; any other year is provisional."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=120)
    announced_at = models.DateTimeField()

    class Meta:
        db_table = "platform_calendar_year"

    def __str__(self) -> str:
        """Return the year."""
        return str(self.year)
