"""The tables of one county: one list, one migration history."""

from huiyin.county.analysis.hotspot_models import HotspotThreshold
from huiyin.county.assignment.evidence_models import NewEvidence
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
from huiyin.county.office.statute_models import StatuteLink
from huiyin.county.oversight.models import Oversight, Warned
from huiyin.county.oversight.recommendation_models import Recommendation, RecommendationPetition
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
from huiyin.county.registry.receipt_models import Counter, Receipt, ReceiptCorrection
from huiyin.county.registry.secrecy_models import Accused, Recusal
from huiyin.county.registry.web_models import Supplement, WebFile, WebSubmission
from huiyin.county.reply.models import Archive, Delivery, Evaluation, ReopenRequest, Reply
from huiyin.county.reporting.models import Priority, ReportedPeriod
from huiyin.county.supervision.activity_models import (
    Activity,
    ActivityLetter,
    ActivityPetition,
    ActivityUnit,
    TeamMember,
)
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.finding_models import Finding, FindingMatter, InspectionReport
from huiyin.county.supervision.models import (
    DirectorsMeeting,
    MeetingDecision,
    PlanItem,
    SupervisionPlan,
    TopicProposal,
)
from huiyin.county.supervision.opinion_models import (
    FollowUp,
    Opinion,
    OpinionItem,
    Rating,
    Response,
    ResponseItem,
)

__all__ = [
    "Accused",
    "Activity",
    "ActivityLetter",
    "ActivityPetition",
    "ActivityUnit",
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
    "DirectorsMeeting",
    "Disposition",
    "Document",
    "Draft",
    "EffectRecord",
    "Entry",
    "Evaluation",
    "Extension",
    "Finding",
    "FindingMatter",
    "FollowUp",
    "Hearing",
    "HotspotThreshold",
    "ImportRow",
    "ImportRun",
    "InspectionReport",
    "Instruction",
    "JobDone",
    "JointSigner",
    "LeadingGroupMember",
    "Matter",
    "MeetingDecision",
    "NewEvidence",
    "Notice",
    "Notification",
    "Objection",
    "Opinion",
    "OpinionItem",
    "Oversight",
    "Petition",
    "Petitioner",
    "Place",
    "PlanItem",
    "Priority",
    "Progress",
    "Proposal",
    "Rating",
    "Receipt",
    "ReceiptCorrection",
    "Reception",
    "ReceptionDay",
    "Recommendation",
    "RecommendationPetition",
    "RecordLine",
    "Recusal",
    "Regulation",
    "ReopenRequest",
    "Reply",
    "Report",
    "ReportDraft",
    "ReportedPeriod",
    "Representative",
    "Response",
    "ResponseItem",
    "RuleSetSnapshot",
    "StatuteLink",
    "Submission",
    "SupervisionPlan",
    "Supplement",
    "Tag",
    "TeamMember",
    "TopicProposal",
    "Training",
    "Unit",
    "UrgentReport",
    "Warned",
    "WebFile",
    "WebSubmission",
]
