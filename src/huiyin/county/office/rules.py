"""Rules of the office's own affairs: accounts, units, leading group, trainings, hearings, regulations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES, Role
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
UNIT_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
PUBLISHED_PHONE = re.compile(r"[0-9+ 、/（）-]{0,40}")
MAX_HANDLERS = 30
REMIND_FROM_MONTH = 10
EARLIEST = date(1979, 7, 1)  # county people's congresses have standing committees since the law of that day


def check_may_keep_accounts(by: Person) -> None:
    """Refuse whoever is not the county's administrator (DOMAIN §3: users, units, rule set)."""
    check_has_role(by, Role.ADMINISTRATOR, act="管理账号")


def check_may_keep_units(by: Person) -> None:
    """Refuse whoever is not the county's administrator."""
    check_has_role(by, Role.ADMINISTRATOR, act="管理单位")


def check_may_keep_office(by: Person) -> None:
    """Refuse whoever does not keep the office's own records: group, trainings, hearings, regulations."""
    check_has_role(by, Role.CLERK, Role.HEAD, act="登记机关事务")


def check_may_link_statutes(by: Person) -> None:
    """Refuse whoever does not keep what tags and classes lead to; a link shows no petition (DOMAIN §3)."""
    check_has_role(by, Role.CLERK, Role.HEAD, Role.ADMINISTRATOR, act="关联法律")


def check_link_start(*, tag_code: str, category_code: str) -> None:
    """Refuse a link from nothing, and one from a tag and a class at once."""
    if bool(tag_code) is bool(category_code):
        raise Refusal("statute_link.no_start", "请选择一个标签或一个内容分类，二者只选其一")


may_link_statutes = may(check_may_link_statutes)
may_keep_accounts = may(check_may_keep_accounts)
may_keep_units = may(check_may_keep_units)
may_keep_office = may(check_may_keep_office)


def check_published_phone(phone: str) -> None:
    """Refuse a phone to be published that has more in it than numbers; there may be several."""
    if not PUBLISHED_PHONE.fullmatch(phone.strip()):
        raise Refusal("contact.bad_phone", "联系电话只写号码，几个号码用顿号隔开")


def check_username(username: str) -> None:
    """Refuse a name to sign in with that cannot be typed on every keyboard."""
    if not USERNAME.fullmatch(username):
        raise Refusal("account.bad_username", "用户名用小写字母开头，可含数字、点、短横和下划线，2至40个字符")


def check_roles(roles: frozenset[Role], *, unit_code: str) -> None:
    """Refuse roles that one person cannot hold together.

    A unit's person belongs to one unit and to the office not at all; the administrator sees no petition content
    (DOMAIN §3), so holds no other role.
    """
    if not roles:
        raise Refusal("account.no_role", "至少选择一个角色")
    if not roles <= OFFICE_ROLES | UNIT_ROLES:
        raise Refusal("account.province_role", "省级角色只能在省级开户")
    of_unit = roles & UNIT_ROLES
    if of_unit and roles - UNIT_ROLES:
        raise Refusal("account.mixed_roles", "承办单位的账号不能兼信访办的角色，请分别开户")
    if of_unit and not unit_code:
        raise Refusal("account.unit_missing", "承办单位的账号须选择单位")
    if unit_code and not of_unit:
        raise Refusal("account.unit_without_role", "信访办的账号不选单位；选了单位，角色须为承办单位经办人或负责人")
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        raise Refusal("account.administrator_alone", "县管理员不看信访件内容，不能兼其他角色，请另开账号")


def check_not_own_account(by_id: int, staff_id: int) -> None:
    """Refuse whoever would change roles of, close or open their own account."""
    if by_id == staff_id:
        raise Refusal("account.own", "不能修改自己账号的角色和状态，请由另一位县管理员办理")


def check_administrator_remains(administrator_ids: Iterable[int], *, leaving: int) -> None:
    """Refuse to take the last active administrator away: nobody could let anyone in again."""
    if not set(administrator_ids) - {leaving}:
        raise Refusal("account.last_administrator", "这是最后一位可用的县管理员，不能停用或改换角色")


def check_handed_over(open_petitions: int, *, name: str) -> None:
    """Refuse to let a person go who still answers for open petitions: each has one responsible person."""
    if open_petitions:
        raise Refusal(
            "account.answers_for_petitions",
            f"{name}名下还有 {open_petitions} 件未办结的信访件，请先由信访办移交他人经办",
            count=open_petitions,
        )


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """承办单位 as it is written down."""

    name: str
    branch: str
    superior_code: str = ""
    phone: str = ""
    handlers: tuple[str, ...] = ()


def check_unit(entry: UnitEntry) -> None:
    """Refuse a unit without a name, or with a handler that is nobody."""
    if not entry.name.strip():
        raise Refusal("unit.no_name", "请填写单位名称")
    if len(entry.handlers) > MAX_HANDLERS:
        raise Refusal("unit.too_many_handlers", f"常用承办人不超过{MAX_HANDLERS}人")
    if any(not handler.strip() for handler in entry.handlers):
        raise Refusal("unit.nameless_handler", "承办人每行一人，不能为空")


def check_unit_code(code: str) -> None:
    """Refuse a unit's code that cannot stand in addresses."""
    if not UNIT_CODE.fullmatch(code):
        raise Refusal("unit.bad_code", "单位代码用小写字母开头，可含数字和下划线，2至40个字符")


def check_superior(code: str, superiors: Iterable[str]) -> None:
    """Refuse a superior that stands below the unit itself; ``superiors`` leads upwards from the one chosen."""
    if code in set(superiors):
        raise Refusal("unit.circle", "上级单位不能是本单位或本单位的下级")


def check_unit_may_go(*, open_assignments: int, subordinates: int, accounts: int) -> None:
    """Refuse to deactivate a unit that still has work, units below it, or people who sign in for it."""
    if open_assignments:
        raise Refusal(
            "unit.has_open_assignments",
            f"该单位还有 {open_assignments} 件未办结的交办件，须先办结或改交其他单位",
            count=open_assignments,
        )
    if subordinates:
        raise Refusal("unit.has_subordinates", f"该单位还有 {subordinates} 个在用的下级单位", count=subordinates)
    if accounts:
        raise Refusal("unit.has_accounts", f"该单位还有 {accounts} 个在用的账号，请先停用", count=accounts)


@dataclass(frozen=True, slots=True)
class Term:
    """任期: whose, from when, until when (its last day), with which duty."""

    name: str
    duty: str
    from_on: date
    until_on: date | None

    def overlaps(self, other: "Term") -> bool:
        """Whether the two terms share a day; the last day counts."""
        begins_in_time = other.until_on is None or self.from_on <= other.until_on
        return begins_in_time and (self.until_on is None or other.from_on <= self.until_on)


def check_term(term: Term, others: Iterable[Term], *, only_one: str) -> None:
    """Refuse a term that ends before it began, that the person has already, or a second one in the only duty."""
    if term.until_on is not None and term.until_on < term.from_on:
        raise Refusal("leading_group.ends_before", "任期结束不能早于开始")
    for other in others:
        if not term.overlaps(other):
            continue
        if term.duty == other.duty == only_one:
            raise Refusal(
                "leading_group.two_heads", f"{other.name}自{show_day(other.from_on)}起任{only_one}，任期不能重叠"
            )
        if term.name == other.name and term.duty == other.duty:
            raise Refusal("leading_group.known", f"{other.name}已在任{other.duty}")


def check_happened(on: date, *, today: date, what: str) -> None:
    """Refuse a day that is still to come, or lies before there were such offices."""
    if on > today:
        raise Refusal("office.in_the_future", f"{what}的日期还没有到")
    if on < EARLIEST:
        raise Refusal("office.too_early", f"{what}的日期不正确")


def check_filled(*fields: tuple[str, str]) -> None:
    """Refuse what was left empty; each field with its label."""
    missing = [label for label, words in fields if not words.strip()]
    if missing:
        raise Refusal("office.missing", f"请填写{'、'.join(missing)}")


def check_head_count(head_count: int) -> None:
    """Refuse a class to which nobody came."""
    if head_count < 1:
        raise Refusal("training.nobody", "参训人数至少为1")


def check_readable(*, text: str, has_file: bool) -> None:
    """Refuse a regulation of which nothing can be read."""
    if not text.strip() and not has_file:
        raise Refusal("regulation.nothing_to_read", "请录入正文，或上传文件")


def check_in_force_until(issued_on: date, in_force_until: date | None) -> None:
    """Refuse an end before the day of issue."""
    if in_force_until is not None and in_force_until < issued_on:
        raise Refusal("regulation.ends_before", "失效日期不能早于印发日期")


def is_hearing_missing(heard_on: Iterable[date], *, today: date) -> bool:
    """Whether the year's hearing of the petition work is still to be held and it is time to say so.

    The standing committee or its directors hear the work at least once a year (DOMAIN §1, §12); the office is
    reminded from 1 October on.
    """
    return today.month >= REMIND_FROM_MONTH and all(day.year != today.year for day in heard_on)
