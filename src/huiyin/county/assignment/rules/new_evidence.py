"""新证据: what of a repeat may travel to the units that work on the main petition (DOMAIN §4)."""

from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.refusal import Refusal

WORDS_LIMIT = 1000


def check_source(state: State, *confidentialities: Confidentiality) -> None:
    """Refuse what is void, and whatever an accuser wrote: nothing sealed reaches a unit (R22 §30)."""
    if state is State.VOIDED:
        raise Refusal("evidence.void", "作废的信访件没有可转交的材料")
    if any(one is not Confidentiality.ORDINARY for one in confidentialities):
        raise Refusal("evidence.sealed", "检举控告件、密件的材料不转承办单位")


def check_content(words: str, *, files: int) -> None:
    """Refuse to pass on nothing, and more than a unit is told in one piece."""
    if not words.strip() and not files:
        raise Refusal("evidence.nothing_new", "请写明新的事实，或选择要转交的附件")
    if len(words) > WORDS_LIMIT:
        raise Refusal("evidence.too_long", f"新的事实不超过{WORDS_LIMIT}字，其余请作为附件")


def check_files(*, asked: int, found: int, is_kept_back: bool, known_to_units: int) -> None:
    """Refuse files of another petition, what is kept back, and what the units were shown before."""
    if found != asked:
        raise Refusal("attachment.unknown", "所选附件不属于本件")
    if is_kept_back:
        raise Refusal("attachment.kept_back", "混合信件的原件不出机关，只发摘抄件")
    if known_to_units:
        raise Refusal("evidence.known_already", "所选附件承办单位已经看得到，不是新的证据")
