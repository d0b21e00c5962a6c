"""The national content classes, in versions."""

from django.db import models


class Category(models.Model):
    """内容分类: one class of one version of the national list; three levels at most."""

    version = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    parent_code = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=80)

    class Meta:
        db_table = "platform_category"
        constraints = [
            models.UniqueConstraint(name="one_category_per_version_and_code", fields=["version", "code"]),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
