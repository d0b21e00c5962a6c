"""审核提示: what the office is shown of a report before it accepts it; a person decides (DOMAIN §4, 已报结)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huiyin.county.assignment.states import Outcome
from huiyin.kernel.text import similarity
from huiyin.kernel.words import Word

SHORTEST = 60
NEAR_COPY_FROM = 0.8
# Words that say something was done: they do not go with a refusal of every demand.
DONE_WORDS = ("已解决", "已退还", "已整改", "已支付", "已落实", "予以支持")


class Finding(Word):
    """审核提示的种类."""

    UNANSWERED = "unanswered", "诉求没有说明"
    REPLY_MISSING = "reply_missing", "缺少答复意见书"
    PROOF_MISSING = "proof_missing", "缺少送达凭证"
    NEAR_COPY = "near_copy", "与以往反馈雷同"
    TOO_SHORT = "too_short", "内容过短"
    MISMATCH = "mismatch", "结果与内容不符"
    LATE = "late", "逾期反馈"
    NOT_TOLD = "not_told", "没有告知信访人"
    RETURNED_BEFORE = "returned_before", "曾经退回"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a report says to one claim."""

    position: int
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report that the same unit handed in for another petition."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """A report as it is checked, with what stands around it."""

    facts: str
    measures: str
    answers: tuple[Answered, ...]
    claims: tuple[int, ...]
    is_lead: bool
    has_reply: bool
    has_proof: bool
    was_told: bool
    days_late: int
    returned: int
    earlier: tuple[Earlier, ...]

    @property
    def text(self) -> str:
        """Everything the unit wrote in its own words."""
        return text_of(self.facts, self.measures, (one.words for one in self.answers))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the office is shown."""

    finding: Finding
    words: str


def text_of(facts: str, measures: str, answers: Iterable[str]) -> str:
    """Return the unit's own words of a report, as they are compared and counted."""
    return "\n".join(part for part in (facts, measures, *answers) if part)


def checks_of(read: Read) -> tuple[Check, ...]:
    """Return everything that asks for a second look; nothing found says nothing about whether it is right."""
    return (*_claims(read), *_proof(read), *_text(read), *_course(read))


def _claims(read: Read) -> Iterator[Check]:
    silent = [one.position for one in read.answers if not one.words.strip()]
    missing = sorted(set(read.claims) - {one.position for one in read.answers})
    for position in sorted([*missing, *silent]):
        lacking = "只有结果，没有说明" if position in silent else "没有答复"
        yield Check(Finding.UNANSWERED, f"诉求{position}{lacking}")
    outcomes = {one.outcome for one in read.answers}
    if Outcome.SUPPORTED in outcomes and not read.measures.strip():
        yield Check(Finding.MISMATCH, "结果为支持，却没有写采取的措施")
    if outcomes == {Outcome.NOT_SUPPORTED} and any(words in read.text for words in DONE_WORDS):
        yield Check(Finding.MISMATCH, "各项诉求都不支持，正文却写已经解决")


def _proof(read: Read) -> Iterator[Check]:
    if not read.is_lead:
        return
    if not read.has_reply:
        yield Check(Finding.REPLY_MISSING, "没有上传给信访人的答复意见书")
    if not read.has_proof:
        yield Check(Finding.PROOF_MISSING, "没有上传答复的送达凭证")
    if not read.was_told:
        yield Check(Finding.NOT_TOLD, "没有登记向信访人告知受理情况")


def _text(read: Read) -> Iterator[Check]:
    length = len("".join(read.text.split()))
    if length < SHORTEST:
        yield Check(Finding.TOO_SHORT, f"事实、措施和说明合计{length}字，少于{SHORTEST}字")
    for one in read.earlier:
        alike = similarity(read.text, one.text)
        if alike >= NEAR_COPY_FROM:
            yield Check(Finding.NEAR_COPY, f"与 {one.number} 的反馈相似{alike:.0%}")


def _course(read: Read) -> Iterator[Check]:
    if read.days_late > 0:
        yield Check(Finding.LATE, f"逾期{read.days_late}天反馈")
    if read.returned:
        yield Check(Finding.RETURNED_BEFORE, f"此前已退回{read.returned}次")
