"""Petitions and what is known of them: the tables of one county's register."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit

from .querysets import AttachmentQuerySet, DeadlineQuerySet, PetitionQuerySet
from .receipt_models import Receipt
from .states import (
    ENDED,
    WITH_UNIT,
    AttachmentKind,
    Channel,
    Confidentiality,
    Jurisdiction,
    Origin,
    PetitionerKind,
    Purpose,
    Recurrence,
    State,
)

SEALED_SUMMARY = "密件"
CODES_ENDED = sorted(state.value for state in ENDED)
CODES_WITH_UNIT = sorted(state.value for state in WITH_UNIT)


class Petitioner(models.Model):
    """信访人: who writes or comes, as far as the office knows."""

    kind = models.CharField(max_length=12, choices=PetitionerKind.choices())
    name = models.CharField(max_length=60, blank=True)
    identity_number = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "county_petitioner"
        constraints = [
            models.CheckConstraint(
                name="a_named_petitioner_has_a_name",
                condition=~Q(kind=PetitionerKind.NAMED.value) | ~Q(name=""),
            )
        ]
        indexes = [
            models.Index(name="petitioners_by_name", fields=["name"]),
            models.Index(name="petitioners_by_identity_number", fields=["identity_number"]),
            models.Index(name="petitioners_by_phone", fields=["phone"]),
        ]

    def __str__(self) -> str:
        """Return the name, or what stands in its place."""
        return self.name or PetitionerKind(self.kind).label


class Matter(models.Model):
    """信访事项: same person and same thing; several petitions can join one."""

    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "county_matter"

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class RuleSetSnapshot(models.Model):
    """The rule set as it stood when a petition was received under it; later editions never rewrite it."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    values = models.JSONField()

    class Meta:
        db_table = "county_ruleset_snapshot"

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Petition(models.Model):
    """信访件: what was registered; it counts as one 件次 and has a number that is never given again."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="petitions")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="petitions")
    petitioner = models.ForeignKey(Petitioner, on_delete=models.PROTECT, related_name="petitions")
    number = models.CharField(max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=24)
    number_value = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State.choices())
    channel = models.CharField(max_length=12, choices=Channel.choices())
    origin = models.CharField(max_length=20, choices=Origin.choices(), default=Origin.DIRECT.value)
    received_on = models.DateField()
    source_number = models.CharField(max_length=60, null=True, blank=True, unique=True)
    summary = models.CharField(max_length=500)
    content = models.TextField(blank=True)
    place = models.CharField(max_length=80, blank=True)
    head_count = models.PositiveIntegerField(default=1)
    signer_count = models.PositiveIntegerField(default=0)
    is_group = models.BooleanField(default=False)
    is_joint = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    is_litigation = models.BooleanField(default=False)
    wants_leader = models.BooleanField(default=False)
    confidentiality = models.CharField(
        max_length=12, choices=Confidentiality.choices(), default=Confidentiality.ORDINARY.value
    )
    named_leader = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    excerpt = models.TextField(blank=True)
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="split_into")
    reopened_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reopened_as"
    )
    keeper = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=40, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_clock = models.CharField(max_length=20, blank=True)
    query_code_digest = models.CharField(max_length=128, blank=True)
    query_code_key = models.CharField(max_length=64, blank=True)
    ruleset = models.ForeignKey(RuleSetSnapshot, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reading_note = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reader_name = models.CharField(max_length=40, blank=True)
    read_by_leader = models.BooleanField(default=False)
    purpose = models.CharField(max_length=12, choices=Purpose.choices(), blank=True)
    category_code = models.CharField(max_length=20, blank=True)
    category_path = models.CharField(max_length=200, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    statute_code = models.CharField(max_length=40, blank=True)
    article = models.CharField(max_length=40, blank=True)
    jurisdiction = models.CharField(max_length=12, choices=Jurisdiction.choices(), blank=True)
    recurrence = models.CharField(max_length=8, choices=Recurrence.choices(), blank=True)
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by")
    classified_at = models.DateTimeField(null=True, blank=True)
    classified_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    classification_reviewed_at = models.DateTimeField(null=True, blank=True)
    classification_reviewed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True)
    void_approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    grams = ArrayField(models.TextField(), default=list)
    person_keys = ArrayField(models.CharField(max_length=40), default=list)
    searchable = models.TextField(default="")

    objects = PetitionQuerySet.as_manager()

    class Meta:
        db_table = "county_petition"
        constraints = [
            models.UniqueConstraint(name="a_petition_number_is_given_once", fields=["series", "year", "number_value"]),
            models.CheckConstraint(name="a_petition_has_a_summary", condition=~Q(summary="")),
            set_together("read_at", "read_by"),
            set_together("classification_reviewed_at", "classification_reviewed_by"),
            set_together("closed_at", "closed_by"),
            models.CheckConstraint(
                name="an_open_petition_has_one_responsible_person_and_one_next_date",
                condition=(Q(owner_name="", next_due_on=None) & Q(state__in=CODES_ENDED))
                | (~Q(owner_name="") & Q(next_due_on__isnull=False) & ~Q(state__in=CODES_ENDED)),
            ),
            models.CheckConstraint(
                name="a_unit_answers_for_it_exactly_while_it_stands_with_a_unit",
                condition=Q(state__in=CODES_WITH_UNIT, owner_unit__isnull=False)
                | (~Q(state__in=CODES_WITH_UNIT) & Q(owner_unit=None)),
            ),
            models.CheckConstraint(
                name="of_a_number_only_item_no_content_is_kept",
                condition=~Q(confidentiality=Confidentiality.NUMBER_ONLY.value)
                | Q(summary=SEALED_SUMMARY, content="", place="", reading_note="", excerpt=""),
            ),
            models.CheckConstraint(
                name="classified_at_and_by_are_set_together",
                condition=Q(classified_at=None, classified_by=None)
                | (
                    Q(classified_at__isnull=False, classified_by__isnull=False)
                    & ~Q(purpose="")
                    & ~Q(category_code="")
                    & ~Q(recurrence="")
                ),
            ),
            models.CheckConstraint(
                name="a_void_has_reason_and_another_approver",
                condition=Q(voided_at=None, voided_by=None, void_approved_by=None, void_reason="")
                | (
                    Q(voided_at__isnull=False, voided_by__isnull=False, void_approved_by__isnull=False)
                    & ~Q(void_reason="")
                    & ~Q(void_approved_by=F("voided_by"))
                ),
            ),
            models.CheckConstraint(
                name="a_repeat_names_what_it_repeats",
                condition=~Q(recurrence=Recurrence.REPEAT.value) | Q(repeats__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(name="petitions_by_grams", fields=["grams"]),
            GinIndex(name="petitions_by_person_keys", fields=["person_keys"]),
            models.Index(name="petitions_by_query_code", fields=["query_code_key"]),
            models.Index(name="petitions_by_day", fields=["-received_on", "-id"]),
            models.Index(name="petitions_by_state", fields=["state", "received_on", "id"]),
            models.Index(
                name="open_petitions_by_next_date",
                fields=["next_due_on", "id"],
                condition=Q(next_due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class Representative(models.Model):
    """代表: one of at most five who speak for a group."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="representatives")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "county_representative"
        constraints = [
            models.UniqueConstraint(name="representatives_are_counted", fields=["petition", "position"]),
            models.CheckConstraint(name="five_representatives_at_most", condition=Q(position__gte=1, position__lte=5)),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Claim(models.Model):
    """诉求点: one demand of a petition; each must be answered."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="claims")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        db_table = "county_claim"
        constraints = [models.UniqueConstraint(name="claims_are_counted", fields=["petition", "position"])]

    def __str__(self) -> str:
        """Return the demand."""
        return self.text


class Deadline(models.Model):
    """One clock of a petition: the date, how it came about, and when it was met."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="deadlines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clock = models.CharField(max_length=20)
    due_on = models.DateField()
    warn_from_on = models.DateField()
    provisional = models.BooleanField(default=False)
    explanation = models.JSONField()
    started_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        db_table = "county_deadline"
        constraints = [
            models.UniqueConstraint(
                name="one_running_clock_of_a_kind_per_petition_and_unit",
                fields=["petition", "clock", "unit"],
                condition=Q(met_at=None, superseded_at=None),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                name="running_deadlines_by_day",
                fields=["due_on", "id"],
                condition=Q(met_at=None, superseded_at=None),
            ),
        ]

    def __str__(self) -> str:
        """Return clock and date."""
        return f"{self.clock} {self.due_on}"


class Attachment(models.Model):
    """附件: a stored file by its content, with what it is evidence of."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=12, choices=AttachmentKind.choices())
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    supplement = models.ForeignKey(
        "Supplement", on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    is_intact = models.BooleanField(default=False)
    is_for_unit = models.BooleanField(default=False)
    is_kept_back = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        db_table = "county_attachment"
        constraints = [
            models.UniqueConstraint(name="one_attachment_per_petition_and_content", fields=["petition", "sha256"]),
            models.CheckConstraint(name="an_attachment_is_not_empty", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="what_nobody_of_the_office_added_is_a_supplement",
                condition=Q(added_by__isnull=False, supplement=None) | Q(added_by=None, supplement__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_kept_back_is_for_no_unit", condition=Q(is_for_unit=False) | Q(is_kept_back=False)
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def adder_name(self) -> str:
        """Return who added it; a supplement came from the petitioner."""
        return self.added_by.name if self.added_by else "信访人"
