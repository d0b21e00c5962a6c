"""The office and those it works with: units, leading group, reception days, local tags."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .states import Branch


class Unit(models.Model):
    """承办单位: an organ of 一府一委两院, a township or a committee of the congress itself."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    branch = models.CharField(max_length=24, choices=Branch.choices())
    superior = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="subordinates")
    phone = models.CharField(max_length=20, blank=True)
    handlers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "county_unit"

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class LeadingGroupMember(models.Model):
    """信访工作领导小组 member with the term served."""

    name = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    duty = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "county_leading_group_member"

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ReceptionDay(models.Model):
    """信访接待日: who receives, when and where."""

    on = models.DateField()
    leader_name = models.CharField(max_length=40)
    place = models.CharField(max_length=80)

    class Meta:
        db_table = "county_reception_day"
        constraints = [
            models.UniqueConstraint(name="one_reception_per_day_and_leader", fields=["on", "leader_name"]),
        ]

    def __str__(self) -> str:
        """Return the day."""
        return str(self.on)


class Tag(models.Model):
    """A local tag such as 农业水费, mapped to a national class."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40, unique=True)
    category_code = models.CharField(max_length=20)
    statute_code = models.CharField(max_length=40, blank=True)
    words = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "county_tag"

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Place(models.Model):
    """A township or village of the county's gazetteer."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    superior_code = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "county_place"

    def __str__(self) -> str:
        """Return the name."""
        return self.name
