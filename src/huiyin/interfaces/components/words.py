"""How days, moments and sizes are written on every screen."""

from datetime import date, datetime

from django.utils import timezone

KILO = 1024


def day_words(day: date) -> str:
    """Return the day as the tables show it: ``2026-03-05``."""
    return day.isoformat()


def moment_words(moment: datetime) -> str:
    """Return the moment in the office's own time: ``2026-03-05 14:20``."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return local.strftime("%Y-%m-%d %H:%M")


def size_words(size: int) -> str:
    """Return a file's size in the unit a person would use."""
    if size < KILO:
        return f"{size} 字节"
    if size < KILO * KILO:
        return f"{size / KILO:.0f} KB"
    return f"{size / KILO / KILO:.1f} MB"
