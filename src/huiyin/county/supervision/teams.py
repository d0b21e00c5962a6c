"""A member of a team as declared, read back from its row."""

from .activity_models import TeamMember
from .rules.activities import MemberEntry
from .states import MemberBasis, TeamRole


def entry_of(member: TeamMember) -> MemberEntry:
    """Return what was declared of a member."""
    return MemberEntry(
        name=member.name,
        role=TeamRole(member.role),
        basis=MemberBasis(member.basis),
        post=member.post,
        organ=member.organ,
        former_posts=member.former_posts,
        staff_id=member.staff_id,
        unit_code=member.unit.code if member.unit else "",
        former_units=tuple(member.former_units),
        fairness_words=member.fairness_words,
    )
