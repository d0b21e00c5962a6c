"""The tables of one county: one list, one migration history."""

from huiyin.county.analysis.models import ReportedPeriod
from huiyin.county.assignment.models import Assignment, ClaimOutcome, Disposition, Report
from huiyin.county.journal.models import ChainHead, Entry, JobDone, Submission
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.office.models import LeadingGroupMember, Place, ReceptionDay, Tag, Unit
from huiyin.county.registry.models import (
    Attachment,
    Claim,
    Counter,
    Deadline,
    Matter,
    Petition,
    Petitioner,
    Receipt,
    Representative,
    RuleSetSnapshot,
)
from huiyin.county.reply.models import Delivery, Evaluation, Reply

__all__ = [
    "Assignment",
    "Attachment",
    "ChainHead",
    "Claim",
    "ClaimOutcome",
    "Counter",
    "Deadline",
    "Delivery",
    "Disposition",
    "Entry",
    "Evaluation",
    "ImportRow",
    "ImportRun",
    "JobDone",
    "LeadingGroupMember",
    "Matter",
    "Petition",
    "Petitioner",
    "Place",
    "Receipt",
    "ReceptionDay",
    "Reply",
    "Report",
    "ReportedPeriod",
    "Representative",
    "RuleSetSnapshot",
    "Submission",
    "Tag",
    "Unit",
]
