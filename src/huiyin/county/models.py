"""The tables of one county: one list, one migration history."""

from huiyin.county.analysis.models import ReportedPeriod
from huiyin.county.assignment.models import Assignment, ClaimOutcome, Disposition, Proposal, Report
from huiyin.county.assignment.unit_models import Extension, Notice, Objection, Progress, ReportDraft
from huiyin.county.document.models import Document
from huiyin.county.journal.models import ChainHead, Entry, JobDone, Submission
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.office.contact_models import Contact
from huiyin.county.office.models import (
    Hearing,
    LeadingGroupMember,
    Notification,
    Place,
    ReceptionDay,
    Regulation,
    Tag,
    Training,
    Unit,
)
from huiyin.county.oversight.models import Oversight, Warned
from huiyin.county.reception.models import Booking, Instruction, Reception, RecordLine
from huiyin.county.registry.intake_models import Draft, JointSigner, UrgentReport
from huiyin.county.registry.models import (
    Attachment,
    Claim,
    Deadline,
    Matter,
    Petition,
    Petitioner,
    Representative,
    RuleSetSnapshot,
)
from huiyin.county.registry.receipt_models import Counter, Receipt
from huiyin.county.registry.secrecy_models import Accused, Recusal
from huiyin.county.registry.web_models import Supplement, WebFile, WebSubmission
from huiyin.county.reply.models import Archive, Delivery, Evaluation, ReopenRequest, Reply

__all__ = [
    "Accused",
    "Archive",
    "Assignment",
    "Attachment",
    "Booking",
    "ChainHead",
    "Claim",
    "ClaimOutcome",
    "Contact",
    "Counter",
    "Deadline",
    "Delivery",
    "Disposition",
    "Document",
    "Draft",
    "Entry",
    "Evaluation",
    "Extension",
    "Hearing",
    "ImportRow",
    "ImportRun",
    "Instruction",
    "JobDone",
    "JointSigner",
    "LeadingGroupMember",
    "Matter",
    "Notice",
    "Notification",
    "Objection",
    "Oversight",
    "Petition",
    "Petitioner",
    "Place",
    "Progress",
    "Proposal",
    "Receipt",
    "Reception",
    "ReceptionDay",
    "RecordLine",
    "Recusal",
    "Regulation",
    "ReopenRequest",
    "Reply",
    "Report",
    "ReportDraft",
    "ReportedPeriod",
    "Representative",
    "RuleSetSnapshot",
    "Submission",
    "Supplement",
    "Tag",
    "Training",
    "Unit",
    "UrgentReport",
    "Warned",
    "WebFile",
    "WebSubmission",
]
