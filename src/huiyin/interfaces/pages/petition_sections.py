"""Further blocks of a petition's page: each subject shows what it knows of the petition, or nothing."""

from datetime import date

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition

from . import (
    dispositions_section,
    documents,
    instructions_section,
    new_evidence,
    oversight,
    receipt_section,
    reopening,
    secrecy,
    supervision_section,
    supplements,
    unit_petition_sections,
)
from .section import Section, Show

SECTIONS: tuple[Show, ...] = (
    receipt_section.section_of,
    supplements.sent_section,
    supplements.section_of,
    new_evidence.section_of,
    instructions_section.section_of,
    dispositions_section.section_of,
    unit_petition_sections.checks_section,
    unit_petition_sections.dealings_section,
    oversight.section_of,
    supervision_section.section_of,
    reopening.section_of,
    reopening.archive_section,
    secrecy.section_of,
    documents.section_of,
)


def sections_of(petition: Petition, *, by: Staff, today: date) -> tuple[Section, ...]:
    """Return the blocks that have something to show to this reader."""
    shown = (show(petition, by, today) for show in SECTIONS)
    return tuple(section for section in shown if section is not None)
