"""Rules of findings (问题清单): what each must say, and what of a petition never enters one (DOMAIN §8)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.registry.states import Confidentiality
from huiyin.county.supervision.opinion_states import Severity
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import normalise

WRITERS = (Role.CLERK, Role.HEAD)
SHORTEST_NAME = 2
SHORTEST_NUMBER = 7
# As many characters in a row as nobody writes twice by chance.
COPIED_RUN = 16
NOT_TEXT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """问题 as it is written down."""

    fact: str
    unit_code: str
    severity: Severity
    statute_code: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Confidences:
    """What is known of the people of linked matters and may stand in no text: names, numbers, and their own words."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()


def check_may_find(by: Person) -> None:
    """Refuse whoever keeps no list of findings."""
    check_has_role(by, *WRITERS, act="登记问题清单")


may_find = may(check_may_find)


def check_entry(entry: FindingEntry) -> None:
    """Refuse a finding without a fact or a unit, and an article of no law."""
    if not entry.fact.strip():
        raise Refusal("finding.fact_missing", "请写明问题的事实")
    if not entry.unit_code:
        raise Refusal("finding.unit_missing", "请选择问题所涉的单位")
    if entry.article.strip() and not entry.statute_code:
        raise Refusal("finding.statute_missing", "写了条款，还须选择法律")


def check_open(*, is_reported: bool) -> None:
    """Refuse to change the list once a report that rests on it was submitted."""
    if is_reported:
        raise Refusal("finding.reported_already", "报告已提请审议，问题清单不能再改")


def check_confidential_free(words: str, confidences: Confidences) -> None:
    """Refuse a text in which a petitioner can be recognised: a name, a number, or a passage of the letter itself."""
    bare = NOT_TEXT.sub("", normalise(words))
    if any(NOT_TEXT.sub("", normalise(name)) in bare for name in confidences.names if len(name) >= SHORTEST_NAME):
        raise Refusal("finding.names_petitioner", "文中出现了所关联信访件的当事人姓名，请删去")
    numbers = {NOT_TEXT.sub("", normalise(number)) for number in confidences.numbers}
    if any(number in bare for number in numbers if len(number) >= SHORTEST_NUMBER):
        raise Refusal("finding.names_number", "文中出现了所关联信访件的电话、证件号码或编号，请删去")
    if any(is_copied(bare, text) for text in confidences.texts):
        raise Refusal("finding.copies_petition", "文中照抄了所关联信访件的内容，请用检查组查明的事实表述")


def is_copied(bare: str, text: str) -> bool:
    """Whether a long run of a petition's own words stands in a text; punctuation and spaces do not count."""
    source = NOT_TEXT.sub("", normalise(text))
    runs = (source[at : at + COPIED_RUN] for at in range(len(source) - COPIED_RUN + 1))
    return any(run in bare for run in runs)


def check_linkable(confidentialities: Iterable[str], *, already: bool) -> None:
    """Refuse to link a matter of which any part is sealed or known by its number only, and one linked already."""
    if any(one != Confidentiality.ORDINARY.value for one in confidentialities):
        raise Refusal("finding.sealed_matter", "检举控告件和密件不能关联到问题清单")
    if already:
        raise Refusal("finding.linked_already", "该信访事项已经关联到这个问题")


def check_order(given: Collection[int], known: Collection[int]) -> None:
    """Refuse an order that leaves a finding out or names a strange one."""
    if len(given) != len(set(given)) or set(given) != set(known):
        raise Refusal("finding.bad_order", "排序须包含本活动的全部问题，每个一次")


def check_withdrawal(reason: str, *, is_withdrawn: bool) -> None:
    """Refuse to take a finding off the list without a reason, or twice."""
    if is_withdrawn:
        raise Refusal("finding.withdrawn_already", "这个问题已经从清单中去掉")
    if not reason.strip():
        raise Refusal("finding.reason_missing", "请写明去掉的原因")


def check_may_ask_view(*, is_asked: bool, is_withdrawn: bool) -> None:
    """Refuse to ask a unit's view twice, or on what is no finding any more."""
    if is_withdrawn:
        raise Refusal("finding.withdrawn_already", "这个问题已经从清单中去掉")
    if is_asked:
        raise Refusal("finding.view_asked_already", "已经征求过单位意见")


def check_view(view: str, *, is_asked: bool, is_known: bool) -> None:
    """Refuse a unit's view that says nothing, was not asked for, or is on record already."""
    if not is_asked:
        raise Refusal("finding.view_not_asked", "还没有征求单位意见")
    if is_known:
        raise Refusal("finding.view_known", "单位意见已经登记")
    if not view.strip():
        raise Refusal("finding.view_missing", "请填写单位意见；没有意见的写“无意见”")
