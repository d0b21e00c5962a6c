"""Closing: the periods of each county by two people, what is recommended, what is written at the end of the year."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.analysis import actions as analysis_actions
from huiyin.county.analysis import queries as analysis
from huiyin.county.oversight.actions import recommendations
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.recommendation_rules import BASIS, AnswerEntry, RecommendationEntry
from huiyin.county.oversight.states import Adoption, RecommendationKind
from huiyin.county.reporting.actions import periods, priorities
from huiyin.county.reporting.models import Priority, ReportedPeriod
from huiyin.county.reporting.states import PeriodState
from huiyin.documents.dossiers import write_dossier
from huiyin.documents.reports import write_report
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period, month_of, quarter, year
from huiyin.platform.calendar.queries import held
from huiyin.platform.statistics.indicators import ChannelGroup
from huiyin.project.demo import living, people
from huiyin.project.demo.cast import Cast
from huiyin.project.demo.days import Days
from huiyin.project.demo.items import BEFORE, YEAR
from huiyin.project.demo.progress import Follow
from huiyin.project.demo.supervision_desk import numbers_behind

WHOLE = year(YEAR)
BEFORE_IT = year(BEFORE.year)
QUARTERS = tuple(quarter(YEAR, number) for number in (1, 2, 3, 4))
# The month that was opened again, and the month of which a report was written.
RESTATED = month_of(date(YEAR, 6, 1))
REPORTED = month_of(date(YEAR, 12, 1))
RESTATED_WHY = "年度抽查时重新核对了本月收件簿和登记台账，按要求重新结账"


@dataclass(frozen=True, slots=True)
class Advice:
    """One recommendation: to whom, of what kind, on petitions of which class, and what it says."""

    unit: str
    kind: RecommendationKind
    category: str
    subject: str
    facts: str
    words: str


PAST = Advice(
    unit="agriculture",
    kind=RecommendationKind.IMPROVE_POLICY,
    category="0102",
    subject="完善承包地确权更正办法",
    facts="同类更正申请在不同乡镇要求的材料不一样，群众多次补件。",
    words="统一更正申请的材料清单和办理时限，在各乡镇便民服务中心公布。",
)
ADOPTED = Advice(
    unit="water",
    kind=RecommendationKind.IMPROVE_WORK,
    category="0110",
    subject="改进水费票据管理",
    facts="收费后不及时开票、票据金额与公示不一致的情况在多个村出现。",
    words="推行缴费当场出票，按季核对票据存根与公示金额，核对结果张榜。",
)
WAITING = Advice(
    unit="human_resources",
    kind=RecommendationKind.IMPROVE_WORK,
    category="0402",
    subject="缩短养老待遇核发时间",
    facts="到龄人员提交材料后等待时间长，窗口不告知办理进度。",
    words="到龄前一个月主动提醒，受理时书面告知办结日期，逾期由科室负责人说明。",
)
FOR_NEXT_YEAR = (
    ("把农业水费公示和计量列为下一年监督重点，跟踪《水法》执法检查审议意见的落实。", "0110"),
    ("围绕房屋拆迁安置开展专题调查，推动逐项目公布交付时间。", "0302"),
)


def close(days: Days, *, follow: Follow) -> None:
    """核对、审定: check the originals and close what is over; who received nothing reports nothing."""
    at = days.now
    if not analysis.promises(WHOLE, at=at).column(ChannelGroup.ALL).received:
        return
    # What was closed is not moved by a later run: the originals are looked at before the first closing only.
    if not ReportedPeriod.objects.exists():
        analysis_actions.recheck_originals(period=WHOLE, at=at, told=follow)
    for period in (BEFORE_IT, *WHOLE.months(), *QUARTERS, WHOLE):
        _lock(period, at=at)


def close_this_year(days: Days) -> None:
    """核对、审定: the months of this year; the last one is reconciled and waits for the head."""
    over = [one for one in year(days.today.year).months() if one.last < days.today and one.first.year > YEAR]
    received = [one for one in over if _has_received(one, at=days.now)]
    for period in received:
        if not ReportedPeriod.objects.of(period).exists():
            analysis_actions.recheck_originals(period=period, at=days.now)
    for period in received[:-1]:
        _lock(period, at=days.now)
    for period in received[-1:]:
        _prepare(period, at=days.now)


def restate(days: Days) -> None:
    """重新打开: one month of the year is opened and closed again, as its second version."""
    row = ReportedPeriod.objects.of(RESTATED).standing().first()
    if row is not None and row.version == 1 and row.state == PeriodState.LOCKED.value:
        periods.reopen(period_id=row.pk, reason=RESTATED_WHY, by=_of(Role.HEAD), at=days.now)
    _lock(RESTATED, at=days.now)


def _has_received(period: Period, *, at: datetime) -> bool:
    return bool(analysis.promises(period, at=at).column(ChannelGroup.ALL).received)


def _prepare(period: Period, *, at: datetime) -> ReportedPeriod:
    row = ReportedPeriod.objects.of(period).standing().first()
    return row or periods.prepare(period=period, by=_of(Role.CLERK), at=at)


def _lock(period: Period, *, at: datetime) -> None:
    row = _prepare(period, at=at)
    if row.state == PeriodState.PREPARED.value:
        periods.approve(period_id=row.pk, by=_of(Role.HEAD), at=at)


def _of(role: Role) -> Staff:
    return Staff.objects.holding(role).order_by("pk")[:1].get()


@transaction.atomic
def recommend(days: Days) -> int:
    """提出三项建议: one answered in the year, one answered since, one still waiting; nothing where it was told."""
    if Recommendation.objects.exists():
        return 0
    cast, since = Cast.of_office(), living.last_entry()
    with held():
        since = _recommended(
            PAST,
            cast,
            made_on=date(YEAR, 8, 20),
            due_on=date(YEAR, 10, 20),
            since=since,
            answered=AnswerEntry(Adoption.PARTLY, "材料清单已经统一并公布，办理时限另行研究。", date(YEAR, 10, 13)),
        )
        since = _recommended(
            ADOPTED,
            cast,
            made_on=days.back(45),
            due_on=days.back(15),
            since=since,
            answered=AnswerEntry(Adoption.YES, "已在各水管站配备出票设备，第一次按季核对已经完成。", days.back(22)),
        )
        _recommended(WAITING, cast, made_on=days.back(9), due_on=days.ahead(20), since=since)
    return Recommendation.objects.count()


def _recommended(
    advice: Advice, cast: Cast, *, made_on: date, due_on: date, since: int, answered: AnswerEntry | None = None
) -> int:
    """Draft, make and, where it was answered, answer one recommendation; return the last entry whose papers stand."""
    behind = numbers_behind(advice.category, before=made_on, amount=2)
    entry = RecommendationEntry(
        kind=advice.kind,
        subject=advice.subject,
        facts=advice.facts,
        words=advice.words,
        basis=BASIS[advice.kind],
        due_on=due_on,
    )
    at = _moment(made_on, 10)
    row = recommendations.draft(unit_code=advice.unit, entry=entry, petition_numbers=behind, by=cast.clerk, at=at)
    at = _moment(made_on, 15)
    recommendations.make(recommendation_id=row.pk, by=cast.head, at=at)
    if answered is not None:
        at = _moment(answered.answered_on, 10)
        recommendations.answer(recommendation_id=row.pk, entry=answered, by=cast.head_of(advice.unit), at=at)
    return living.write_papers(since, at=_moment(made_on, 15))


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def write_up(days: Days) -> None:
    """撰写: proposals for the work ahead, the report of a month and of the year, the dossier of one unit."""
    clerk, at = _of(Role.CLERK), days.now
    if not Priority.objects.exists():
        for words, category in FOR_NEXT_YEAR:
            numbers = tuple(numbers_behind(category, before=date(YEAR + 1, 1, 1), amount=3))
            priorities.add(period=WHOLE, words=words, petition_numbers=numbers, by=clerk, at=at)
        for period in (REPORTED, WHOLE):
            write_report(period=period, by=clerk, at=at)
        write_dossier(unit_code=people.UNIT, period=WHOLE, as_of=at, by=clerk, at=at)
