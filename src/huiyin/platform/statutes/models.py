"""Laws that a matter can be about."""

from django.db import models


class Statute(models.Model):
    """关联法律: a law by its title, with the day its text in force took effect."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    in_force_from = models.DateField()

    class Meta:
        db_table = "platform_statute"

    def __str__(self) -> str:
        """Return the title."""
        return self.title
