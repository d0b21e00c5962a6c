"""Mixed letters (自诉加检举): what the excerpt may say and who checks it (DOMAIN §4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.county.registry.rules import SUMMARY_LIMIT
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.refusal import Refusal

SPLITTABLE = frozenset({State.REGISTERED, State.READ, State.CLASSIFIED})


@dataclass(frozen=True, slots=True)
class SplitEntry:
    """拆分: the claim without the accusation, and the accusation for the sealed part."""

    summary: str
    excerpt: str
    accusation: str
    accused: tuple[AccusedEntry, ...]
    claims: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the open part, which units will read."""
        return (self.summary, self.excerpt, *self.claims)


def check_splittable(state: State, confidentiality: Confidentiality, *, is_split_already: bool) -> None:
    """Refuse to split what is sealed as a whole, was split before, or was decided upon."""
    if confidentiality is not Confidentiality.ORDINARY:
        raise Refusal("split.sealed", f"本件整件是{confidentiality.label}，不用拆分")
    if is_split_already:
        raise Refusal("split.done_already", "本件已经拆分过")
    if state not in SPLITTABLE:
        raise Refusal("split.too_late", f"{state.label}的信访件不能再拆分，请先退回到已归类")


def check_split(entry: SplitEntry) -> None:
    """Refuse a split with a part missing, or an open part that names the accused (R22 §30)."""
    if not entry.summary.strip():
        raise Refusal("split.summary_missing", "请填写诉求部分的概况")
    if len(entry.summary) > SUMMARY_LIMIT or len(entry.accusation) > SUMMARY_LIMIT:
        raise Refusal("split.too_long", f"概况不超过{SUMMARY_LIMIT}字")
    if not entry.excerpt.strip():
        raise Refusal("split.excerpt_missing", "请填写摘抄件：只摘诉求，不摘检举控告内容")
    if not entry.accusation.strip():
        raise Refusal("split.accusation_missing", "请填写检举控告部分的概况，它只有保密专人可见")


def check_names_nobody_accused(texts: Iterable[str], names: Sequence[str]) -> None:
    """Refuse an open text in which the name of an accused person or unit stands."""
    known = [name.strip() for name in names if name.strip()]
    if any(name in text for text in texts for name in known):
        raise Refusal("split.names_accused", "概况、摘抄件和诉求点中不得出现被检举控告的人或单位")


def check_second_reader(*, by_id: int, checker_id: int) -> None:
    """Refuse an excerpt that nobody but its writer has compared with the original."""
    if by_id == checker_id:
        raise Refusal("split.needs_second_person", "摘抄件须由另一人与原件核对")
