"""What leaders wrote, who booked, who came on a reception day, and what was said."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import ReceptionDay, Unit
from huiyin.county.registry.models import Petition

from .querysets import BookingQuerySet, InstructionQuerySet, ReceptionQuerySet
from .states import (
    REGISTERED,
    WRITTEN,
    BookingState,
    InstructionState,
    LegalRoute,
    PutReason,
    ReceptionState,
)

_REGISTERED = sorted(state.value for state in REGISTERED)
_WRITTEN = sorted(state.value for state in WRITTEN)


class Booking(models.Model):
    """预约: a party that wants to come on a reception day; made on the portal or at the desk."""

    day = models.ForeignKey(ReceptionDay, on_delete=models.PROTECT, related_name="bookings")
    number = models.CharField(max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=24)
    number_value = models.PositiveIntegerField()
    code_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=BookingState.choices())
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    head_count = models.PositiveSmallIntegerField(default=1)
    at_time = models.TimeField(null=True, blank=True)
    source = models.CharField(max_length=64, blank=True)
    booked_on = models.DateField()
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=100, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = BookingQuerySet.as_manager()

    class Meta:
        db_table = "county_booking"
        constraints = [
            models.UniqueConstraint(name="a_booking_number_is_given_once", fields=["series", "year", "number_value"]),
            models.UniqueConstraint(
                name="one_booking_per_day_and_phone",
                fields=["day", "phone"],
                condition=~Q(state=BookingState.CANCELLED.value),
            ),
            models.CheckConstraint(name="a_booking_says_who_comes_about_what", condition=~Q(name="") & ~Q(subject="")),
            models.CheckConstraint(
                name="a_cancelled_booking_has_its_moment_and_reason",
                condition=Q(state=BookingState.CANCELLED.value, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state=BookingState.CANCELLED.value) & Q(cancelled_at=None, cancel_reason=""),
            ),
            set_together("told_at", "told_by", name="told_of_a_cancelled_day_at_and_by_are_set_together"),
        ]
        indexes = [models.Index(name="bookings_of_a_source", fields=["source", "booked_on"], condition=~Q(source=""))]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class Reception(models.Model):
    """接访: one party on a reception day, from signing in to the signed record."""

    day = models.ForeignKey(ReceptionDay, on_delete=models.PROTECT, related_name="receptions")
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="reception")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=ReceptionState.choices())
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=60)
    head_count = models.PositiveIntegerField(default=1)
    representatives = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    signed_in_at = models.DateTimeField()
    signed_in_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    promised = models.CharField(max_length=500, blank=True)
    was_read_back = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=200, blank=True)
    interviewed_at = models.DateTimeField(null=True, blank=True)
    interviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)
    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="reception")

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        db_table = "county_reception"
        constraints = [
            models.UniqueConstraint(name="parties_of_a_day_are_counted", fields=["day", "position"]),
            models.UniqueConstraint(
                name="one_party_is_received_at_a_time",
                fields=["day"],
                condition=Q(state=ReceptionState.CALLED.value),
            ),
            models.CheckConstraint(
                name="a_received_party_has_its_petition_and_its_signed_record",
                condition=Q(state__in=_REGISTERED, petition__isnull=False, was_read_back=True) & ~Q(signed_by="")
                | ~Q(state__in=_REGISTERED) & Q(petition=None),
            ),
            set_together("called_at", "called_by", name="a_party_is_called_at_a_moment_by_someone"),
            set_together("interviewed_at", "interviewed_by", name="a_record_is_taken_at_a_moment_by_someone"),
            set_together("ended_at", "ended_by", name="a_reception_ends_at_a_moment_by_someone"),
        ]

    def __str__(self) -> str:
        """Return the turn: the name of a visitor stands in no log."""
        return str(self.position)


class RecordLine(models.Model):
    """来访接谈笔录: one question and its answer."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    answer = models.TextField()

    class Meta:
        db_table = "county_record_line"
        constraints = [
            models.UniqueConstraint(name="lines_of_a_record_are_counted", fields=["reception", "position"]),
            models.CheckConstraint(name="a_question_has_its_answer", condition=~Q(question="") & ~Q(answer="")),
        ]

    def __str__(self) -> str:
        """Return which line it is."""
        return str(self.position)


class Instruction(models.Model):
    """领导阅批: a petition put before one leader, what he wrote, its number, and what the office made of it."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="instructions")
    reception = models.ForeignKey(
        Reception, on_delete=models.PROTECT, null=True, blank=True, related_name="instructions"
    )
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leader_name = models.CharField(max_length=40)
    state = models.CharField(max_length=16, choices=InstructionState.choices())
    reason = models.CharField(max_length=12, choices=PutReason.choices(), blank=True)
    note = models.CharField(max_length=200, blank=True)
    put_at = models.DateTimeField(null=True, blank=True)
    put_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    route = models.CharField(max_length=16, choices=LegalRoute.choices(), blank=True)
    words = models.CharField(max_length=500, blank=True)
    wanted_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=60, null=True, blank=True, unique=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    series = models.CharField(max_length=24, blank=True)
    number_value = models.PositiveIntegerField(null=True, blank=True)
    assignment = models.ForeignKey(
        "county.Assignment", on_delete=models.PROTECT, null=True, blank=True, related_name="instructions"
    )
    outcome = models.CharField(max_length=500, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(max_length=200, blank=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        db_table = "county_instruction"
        constraints = [
            models.UniqueConstraint(
                name="a_petition_stands_once_with_a_leader",
                fields=["petition", "leader"],
                condition=Q(state=InstructionState.PUT.value),
            ),
            models.UniqueConstraint(
                name="an_instruction_number_is_given_once", fields=["series", "year", "number_value"]
            ),
            models.CheckConstraint(
                name="a_written_instruction_has_words_and_number_and_no_other_has",
                condition=Q(state__in=_WRITTEN, number__isnull=False, written_at__isnull=False) & ~Q(words="")
                | ~Q(state__in=_WRITTEN) & Q(number=None, written_at=None, words=""),
            ),
            models.CheckConstraint(
                name="a_carried_out_instruction_says_how",
                condition=Q(state=InstructionState.CARRIED_OUT.value, carried_out_at__isnull=False)
                & (Q(assignment__isnull=False) | ~Q(outcome=""))
                | ~Q(state=InstructionState.CARRIED_OUT.value) & Q(carried_out_at=None, assignment=None, outcome=""),
            ),
            set_together("put_at", "put_by", name="a_petition_is_put_at_a_moment_by_someone"),
            set_together("read_at", "read_by", name="a_leader_reads_at_a_moment"),
            set_together("written_at", "written_by", name="an_instruction_is_written_at_a_moment_by_someone"),
            set_together("carried_out_at", "carried_out_by", name="an_instruction_is_carried_out_by_someone"),
            set_together("withdrawn_at", "withdrawn_by", name="a_petition_is_taken_back_at_a_moment_by_someone"),
        ]
        indexes = [models.Index(name="instructions_of_a_leader", fields=["leader", "state", "id"])]

    def __str__(self) -> str:
        """Return the number, or the state of one that has none."""
        return self.number or InstructionState(self.state).label
