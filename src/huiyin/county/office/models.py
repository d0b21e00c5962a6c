"""The office and those it works with: units, leading group, reception days, local tags."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from huiyin.accounts.models import Staff

from .querysets import LeadingGroupQuerySet, NotificationQuerySet, RegulationQuerySet
from .states import Branch, HeardBy, NotificationKind, RegulationKind

GROUP_HEAD = "组长"
TERM = Func(F("from_on"), F("until_on"), Value("[]"), function="DATERANGE", output_field=DateRangeField())


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

    objects = LeadingGroupQuerySet.as_manager()

    class Meta:
        db_table = "county_leading_group_member"
        constraints = [
            models.CheckConstraint(
                name="a_term_ends_after_it_began", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
            ExclusionConstraint(
                name="one_group_head_at_a_time",
                expressions=[(TERM, RangeOperators.OVERLAPS)],
                condition=Q(duty=GROUP_HEAD),
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ReceptionDay(models.Model):
    """信访接待日: who receives, when and where."""

    on = models.DateField()
    leader_name = models.CharField(max_length=40)
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="reception_days")
    place = models.CharField(max_length=80)
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "county_reception_day"
        constraints = [
            models.UniqueConstraint(
                name="one_reception_per_day_and_leader",
                fields=["on", "leader_name"],
                condition=Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                name="a_reception_ends_after_it_begins",
                condition=Q(from_time=None, until_time=None) | Q(from_time__lt=F("until_time")),
            ),
            models.CheckConstraint(
                name="a_cancelled_reception_day_has_who_when_and_why",
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason=""),
            ),
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


class Notification(models.Model):
    """消息: one person is told of something once; the words name no petitioner, no text and nobody accused."""

    to_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=20, choices=NotificationKind.choices())
    words = models.CharField(max_length=200)
    petition_id = models.BigIntegerField(null=True, blank=True)
    href = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "county_notification"
        constraints = [
            models.UniqueConstraint(name="a_person_is_told_once_under_a_key", fields=["to_staff", "key"]),
            models.CheckConstraint(name="a_notification_leads_inside", condition=Q(href="") | Q(href__startswith="/")),
        ]
        indexes = [
            models.Index(name="unread_notifications", fields=["to_staff"], condition=Q(read_at=None)),
            models.Index(name="notifications_by_time", fields=["to_staff", "-created_at", "-id"]),
        ]

    def __str__(self) -> str:
        """Return the words."""
        return self.words


class Training(models.Model):
    """培训: a class in the petition rules: when, on what, by whom, for whom, how many came."""

    held_on = models.DateField()
    topic = models.CharField(max_length=100)
    teacher = models.CharField(max_length=60)
    participants = models.CharField(max_length=300)
    head_count = models.PositiveIntegerField()
    place = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_training"
        constraints = [
            models.UniqueConstraint(name="a_class_is_recorded_once", fields=["held_on", "topic"]),
            models.CheckConstraint(name="somebody_was_taught", condition=Q(head_count__gte=1)),
        ]

    def __str__(self) -> str:
        """Return the topic."""
        return self.topic


class Hearing(models.Model):
    """年度听取: the standing committee or its directors heard how the petition work stands."""

    heard_on = models.DateField()
    heard_by = models.CharField(max_length=20, choices=HeardBy.choices())
    meeting = models.CharField(max_length=80)
    resolution = models.CharField(max_length=1000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_hearing"
        constraints = [
            models.UniqueConstraint(name="a_hearing_is_recorded_once", fields=["heard_on", "heard_by"]),
        ]

    def __str__(self) -> str:
        """Return the meeting."""
        return self.meeting


class Regulation(models.Model):
    """制度汇编: one text of the office's library, written out or as a file kept by its content."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=RegulationKind.choices())
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0)
    grams = ArrayField(models.TextField(), default=list)
    searchable = models.TextField(default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    objects = RegulationQuerySet.as_manager()

    class Meta:
        db_table = "county_regulation"
        constraints = [
            models.UniqueConstraint(name="a_regulation_stands_once", fields=["title", "issued_on"]),
            models.CheckConstraint(name="a_regulation_can_be_read", condition=~Q(text="") | ~Q(sha256="")),
            models.CheckConstraint(
                name="a_regulation_ends_after_it_was_issued",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("issued_on")),
            ),
        ]
        indexes = [GinIndex(name="regulations_by_grams", fields=["grams"])]

    def __str__(self) -> str:
        """Return the title."""
        return self.title
