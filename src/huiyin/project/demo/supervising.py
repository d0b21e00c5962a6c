"""Supervising: two years of the standing committee's work on what petitions concentrate on (DOMAIN §1, §8)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from huiyin.county.registry.states import Channel
from huiyin.county.supervision.actions import activities, effects, findings, letters, plans, proposals, responses
from huiyin.county.supervision.actions.letters import LetterEntry
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import PlanItem, TopicProposal
from huiyin.county.supervision.opinion_states import FollowUpKind, ItemResult, ResponseDecision, Severity
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.plans import ItemEntry as PlanEntry
from huiyin.county.supervision.rules.responses import FollowUpEntry, RatingEntry
from huiyin.county.supervision.states import ActivityKind, Decision, Dimension, TopicSource
from huiyin.platform.calendar.queries import held
from huiyin.project.demo import inquiries, living
from huiyin.project.demo.cast import Cast
from huiyin.project.demo.days import Days
from huiyin.project.demo.inquiries import Inquiry, Raised
from huiyin.project.demo.items import YEAR
from huiyin.project.demo.progress import Follow
from huiyin.project.demo.supervision_desk import Asked, Desk

BEFORE = (date(YEAR - 1, 1, 1), date(YEAR - 1, 12, 31))
WHOLE = (date(YEAR, 1, 1), date(YEAR, 12, 31))
AGENDA = "研究议题建议，讨论年度监督工作计划"
EFFECT_MONTHS = 3
# An answer is due three months after the opinion came: this many working days ago that was over a week past.
OVERDUE = 70
LATELY = 120
ENVIRONMENT_TITLE = "污染治理情况视察"
ADOPTED_AT_ONCE = (
    (inquiries.WATER_TOPIC, inquiries.WATER),
    (inquiries.LAND_TOPIC, inquiries.LAND),
    (inquiries.GRASS_TOPIC, inquiries.GRASS),
    (inquiries.CHARGES_TOPIC, inquiries.CHARGES),
)
REGULATION = PlanEntry(
    title=inquiries.REGULATION.title,
    kind=ActivityKind.LAW_INSPECTION,
    source=TopicSource.STUDIES,
    organiser=inquiries.COMMITTEE,
    timing="6月",
    statute_code=inquiries.REGULATION.statute,
    articles=inquiries.REGULATION.articles,
)


@transaction.atomic
def tell(*, days: Days, follow: Follow) -> int:
    """Tell the two years in the office entered, unless they were told; return how many acts it took."""
    if TopicProposal.objects.exists():
        return 0
    desk = Desk(Cast.of_office(), days, living.last_entry())
    chapters = (_plan_the_year, _water, _land, _regulation, _grass, _charges, _plan_the_next, _housing, _today)
    with held():
        for told, chapter in enumerate(chapters, start=1):
            chapter(desk)
            follow(told, len(chapters))
    return desk.done


def _plan_the_year(desk: Desk) -> None:
    """January: four topics adopted, one put off, one declined; the plan of the year published."""
    on = date(YEAR, 1, 7)
    topics = [desk.propose(raised, on, BEFORE) for raised, _ in ADOPTED_AT_ONCE]
    later = desk.propose(inquiries.HOUSING_TOPIC, on, BEFORE)
    declined = desk.propose(inquiries.PENSION_TOPIC, on, BEFORE)
    plan = desk.act(plans.begin, date(YEAR, 1, 8), 10, year=YEAR, by=desk.cast.clerk)
    meeting = desk.meet(35, date(YEAR, 1, 10), AGENDA)
    for topic in topics:
        desk.decide(meeting, topic)
    desk.decide(meeting, later, Decision.NEXT_TIME, "县人民政府正在制定安置房交付方案，待方案公布后再议")
    desk.decide(meeting, declined, Decision.DECLINE, "上年已听取专项工作报告，本年由有关委员会跟踪")
    for topic, (_, inquiry) in zip(topics, ADOPTED_AT_ONCE, strict=True):
        topic.refresh_from_db()
        entry = desk.planned(topic, inquiry.title)
        desk.act(plans.add_item, meeting.held_on, 18, plan_id=plan.pk, entry=entry, by=desk.cast.clerk)
    desk.act(plans.add_item, meeting.held_on, 18, plan_id=plan.pk, entry=REGULATION, by=desk.cast.clerk)
    published = {"plan_id": plan.pk, "meeting_id": meeting.pk, "by": desk.cast.leader}
    desk.act(plans.publish, date(YEAR, 1, 13), 10, **published)


@dataclass(frozen=True, slots=True)
class Course:
    """On which days one inspection of the year went from its scheme to its opinion."""

    prepared_on: date
    reported_on: date
    ordinal: int
    met_on: date
    session: str
    session_on: date
    sent_on: date


def _item(year: int, title: str) -> PlanItem:
    return PlanItem.objects.get(plan__year=year, title=title)


def _inspected(desk: Desk, inquiry: Inquiry, category: str, course: Course) -> Activity:
    """Prepare, carry out, report and deliberate on an inspection of the plan."""
    row = desk.prepare(inquiry, course.prepared_on, item=_item(inquiry.first.year, inquiry.title))
    desk.carry_out(row, inquiry, category=category)
    report = desk.report(row, inquiry, course.reported_on)
    meeting = desk.meet(course.ordinal, course.met_on, f"讨论{inquiry.title}的报告，决定提请常委会会议审议")
    desk.submit(report, meeting, course.session, course.session_on)
    desk.deliberate(row, course.session, course.session_on)
    return row


def _water(desk: Desk) -> None:
    """水法: inspected in March, answered and accepted in July, checked again in October, its effect counted."""
    session_on = date(YEAR, 4, 24)
    course = Course(
        date(YEAR, 2, 24), date(YEAR, 3, 25), 36, date(YEAR, 4, 2), "第二十四次会议", session_on, date(YEAR, 4, 29)
    )
    row = _inspected(desk, inquiries.WATER, inquiries.WATER_TOPIC.category, course)
    asked = Asked(
        "water",
        "农业水价综合改革取得进展，但水费公开和计量离法律规定和群众期待还有差距。",
        ("水价批复公示不到位。", "末级计量设施覆盖率低，按面积折算水量。"),
        ("六月底前在各村公示水价批复和收支账目。", "制定末级计量设施三年补齐计划，明确支渠以下管护责任。"),
    )
    opinion = desk.opine(row, asked, written_on=date(YEAR, 4, 25), sent_on=course.sent_on)
    desk.conclude(row, inquiries.WATER, date(YEAR, 5, 9))
    desk.answer(
        opinion,
        date(YEAR, 7, 18),
        "局党组专题研究审议意见，逐条制定措施，现将研究处理情况报告如下。",
        (
            "全县五十二个用水村已全部张贴水价批复，举报电话同时公布。",
            "本年新装末级计量设施一百八十六处，其余列入明年计划。",
            "各村水费收支账目已按季公示，第二季度公示影像留存备查。",
            "三年补齐计划已经县人民政府批准，支渠以下由村集体管护，县财政按公里补助。",
        ),
    )
    desk.review(opinion, date(YEAR, 7, 25), ResponseDecision.ACCEPTED, "措施具体，同意；十月跟踪检查公示和计量进度。")
    desk.publish(opinion, date(YEAR, 7, 28))
    check = FollowUpEntry(
        FollowUpKind.FOLLOW_UP_CHECK,
        date(YEAR, 10, 16),
        "随机抽查八个村，七个村公示完整，一个村公示栏被遮挡，当场要求改正。",
        date(YEAR, 10, 31),
    )
    followed = {"opinion_id": opinion.pk, "entry": check, "by": desk.cast.clerk}
    follow_up = desk.act(responses.follow_up, check.held_on, 17, **followed)
    outcome = {"follow_up_id": follow_up.pk, "outcome": "被遮挡的公示栏已移位，复查属实。", "by": desk.cast.clerk}
    desk.act(responses.conclude_follow_up, date(YEAR, 10, 24), 10, **outcome)
    _count_effect(desk, row, inquiries.WATER_TOPIC, date(YEAR, 11, 3))


def _count_effect(desk: Desk, row: Activity, raised: Raised, on: date) -> None:
    """登记成效: of the topic, in windows of three months."""
    topic = {"dimension": Dimension.CATEGORY, "key": raised.category, "months": EFFECT_MONTHS}
    desk.act(effects.conclude, on, 10, activity_id=row.pk, by=desk.cast.clerk, **topic)


def _land(desk: Desk) -> None:
    """农村土地承包法: the first answer returned, the second tabled, rated and accepted."""
    session_on = date(YEAR, 6, 26)
    course = Course(
        date(YEAR, 4, 28), date(YEAR, 5, 28), 37, date(YEAR, 6, 5), "第二十五次会议", session_on, date(YEAR, 7, 1)
    )
    row = _inspected(desk, inquiries.LAND, inquiries.LAND_TOPIC.category, course)
    asked = Asked(
        "agriculture",
        "承包关系总体稳定，确权更正和机动地发包是群众反映的集中点。",
        ("确权更正申请积压。", "部分村机动地发包没有履行民主程序。"),
        ("年底前办结半年以上的更正申请并建立台账。",),
    )
    opinion = desk.opine(row, asked, written_on=date(YEAR, 6, 27), sent_on=course.sent_on)
    desk.conclude(row, inquiries.LAND, date(YEAR, 7, 11))
    desk.answer(
        opinion,
        date(YEAR, 9, 19),
        "已对照审议意见部署整改。",
        ("正在清理积压申请。", "已要求乡镇开展自查。", "台账正在建立。"),
        result=ItemResult.UNDER_WAY,
    )
    returned = "没有办结数字，也没有说明两个村的整改结果，请补充后重新报告。"
    desk.review(opinion, date(YEAR, 9, 24), ResponseDecision.RETURNED, returned, again_by=date(YEAR, 10, 31))
    desk.answer(
        opinion,
        date(YEAR, 10, 24),
        "补充报告整改数字和结果。",
        (
            "半年以上的十一份更正申请已办结九份，其余两份正在仲裁。",
            "两个村已召开村民会议重新表决，发包结果公示期满无异议。",
            "更正台账已上线，超期自动提醒到分管负责人。",
        ),
    )
    desk.review(opinion, date(YEAR, 11, 5), ResponseDecision.TABLED, "提请常委会会议审议并进行满意度测评。")
    rating = RatingEntry("第二十八次会议", date(YEAR, 11, 27), members=23, satisfied=14, mostly=6, dissatisfied=2)
    rated = {"opinion_id": opinion.pk, "entry": rating, "by": desk.cast.clerk}
    desk.act(responses.rate, rating.rated_on, 17, **rated)
    desk.review(opinion, date(YEAR, 11, 28), ResponseDecision.ACCEPTED, "测评结果为满意，同意。")
    desk.publish(opinion, date(YEAR, 12, 2))


def _regulation(desk: Desk) -> None:
    """信访工作条例: inspected in June, its findings told to the units on the spot."""
    inquiry = inquiries.REGULATION
    row = desk.prepare(inquiry, date(YEAR, 5, 26), item=_item(YEAR, inquiry.title))
    desk.carry_out(row, inquiry)
    desk.report(row, inquiry, date(YEAR, 6, 23))
    desk.conclude(row, inquiry, date(YEAR, 6, 30))


def _grass(desk: Desk) -> None:
    """草原法: inspected in July, answered and accepted by December."""
    session_on = date(YEAR, 8, 28)
    course = Course(
        date(YEAR, 6, 20), date(YEAR, 7, 24), 38, date(YEAR, 8, 7), "第二十六次会议", session_on, date(YEAR, 9, 2)
    )
    row = _inspected(desk, inquiries.GRASS, inquiries.GRASS_TOPIC.category, course)
    asked = Asked(
        "forestry_grassland",
        "草原保护责任基本落实，界线和资金两个问题须抓紧解决。",
        ("重叠草场多年没有勘界。", "奖补资金公示不全。"),
        ("年底前完成七条村界的勘界立桩。",),
    )
    opinion = desk.opine(row, asked, written_on=date(YEAR, 8, 29), sent_on=course.sent_on)
    desk.conclude(row, inquiries.GRASS, date(YEAR, 9, 12))
    desk.answer(
        opinion,
        date(YEAR, 11, 25),
        "审议意见各项要求已基本完成。",
        (
            "两处重叠草场已签订界线协议。",
            "三个村奖补清册已补公示，漏发资金已发放。",
            "七条村界全部立桩，成果已移交乡镇。",
        ),
    )
    desk.review(opinion, date(YEAR, 12, 2), ResponseDecision.ACCEPTED, "同意，立桩成果请存档备查。")
    desk.publish(opinion, date(YEAR, 12, 5))


def _charges(desk: Desk) -> None:
    """乱收费: a field visit in September, deliberated on in October, answered in the January after."""
    whole, visit, session_on = inquiries.CHARGES, inquiries.CHARGES_VISIT, date(YEAR, 10, 30)
    row = desk.prepare(whole, date(YEAR, 8, 25), item=_item(YEAR, whole.title))
    part = desk.prepare(visit, date(YEAR, 8, 26), part_of=row)
    desk.carry_out(part, visit)
    desk.conclude(part, visit, date(YEAR, 9, 19))
    desk.carry_out(row, whole, category=inquiries.CHARGES_TOPIC.category)
    desk.deliberate(row, "第二十七次会议", session_on)
    asked = Asked(
        "prices",
        "收费监管制度逐步健全，公示和清退的最后一步没有走到户。",
        ("收费目录公示不全。",),
        ("建立清退到户台账，按月通报。", "会同教育、住建部门每季度联合检查一次。"),
    )
    opinion = desk.opine(row, asked, written_on=date(YEAR, 10, 31), sent_on=date(YEAR, 11, 4))
    desk.conclude(row, whole, date(YEAR, 11, 14))
    desk.answer(
        opinion,
        date(YEAR + 1, 1, 20),
        "现将审议意见研究处理情况报告如下。",
        (
            "收费目录已在五处场所补充公示。",
            "清退台账已建立，第一批一百三十七户清退完毕。",
            "首次联合检查已于十二月完成。",
        ),
    )
    desk.review(opinion, date(YEAR + 1, 1, 27), ResponseDecision.ACCEPTED, "同意，联合检查结果请按季度抄送。")
    desk.publish(opinion, date(YEAR + 1, 1, 29))


def _plan_the_next(desk: Desk) -> None:
    """Adopt what was put off and one topic more in the January after; that year's plan is published."""
    on, year = date(YEAR + 1, 1, 6), YEAR + 1
    later = TopicProposal.objects.get(title=inquiries.HOUSING_TOPIC.title)
    environment = desk.propose(inquiries.ENVIRONMENT_TOPIC, on, WHOLE)
    village = desk.propose(inquiries.VILLAGE_TOPIC, on, WHOLE)
    land = desk.propose(inquiries.LAND_AGAIN, on, WHOLE)
    plan = desk.act(plans.begin, on, 17, year=year, by=desk.cast.clerk)
    meeting = desk.meet(44, date(year, 1, 9), AGENDA)
    desk.decide(meeting, later)
    desk.decide(meeting, environment)
    desk.decide(meeting, village, Decision.NEXT_TIME, "县人民政府年底将专项报告村务公开情况，届时一并研究")
    desk.decide(meeting, land, Decision.TO_COMMITTEE, "先由专门委员会调研仲裁机构现状", inquiries.FARM_COMMITTEE)
    for topic, title in ((later, inquiries.HOUSING.title), (environment, ENVIRONMENT_TITLE)):
        topic.refresh_from_db()
        entry = desk.planned(topic, title)
        desk.act(plans.add_item, meeting.held_on, 18, plan_id=plan.pk, entry=entry, by=desk.cast.clerk)
    published = {"plan_id": plan.pk, "meeting_id": meeting.pk, "by": desk.cast.leader}
    desk.act(plans.publish, date(year, 1, 12), 10, **published)


def _housing(desk: Desk) -> None:
    """拆迁安置: two opinions sent; one answer waits for its review, the other is overdue."""
    session_on = date(YEAR + 1, 6, 25)
    course = Course(
        date(YEAR + 1, 3, 30),
        date(YEAR + 1, 5, 12),
        47,
        date(YEAR + 1, 6, 4),
        "第三十二次会议",
        session_on,
        max(desk.days.back(OVERDUE), session_on),
    )
    row = _inspected(desk, inquiries.HOUSING, inquiries.HOUSING_TOPIC.category, course)
    late = Asked(
        "housing",
        "安置工作总体有序，逾期交付和过渡费停发损害群众利益，须限期解决。",
        ("两个项目逾期交付一年以上。", "过渡费停发没有书面说明。"),
        ("逐项目公布交付时间并报常委会。", "恢复发放过渡费，停发期间的一次补齐。"),
    )
    answered = Asked(
        "natural_resources",
        "补偿面积认定总体规范，复核口径应当统一。",
        ("附属房屋面积复核没有统一口径。",),
        ("出台面积复核办法并向社会公布。",),
    )
    desk.opine(row, late, written_on=course.session_on, sent_on=course.sent_on)
    opinion = desk.opine(row, answered, written_on=course.session_on, sent_on=course.sent_on)
    desk.answer(
        opinion,
        desk.days.back(3),
        "已会同有关单位研究，提出统一口径。",
        ("历次复核申请已重新登记，共四十一份。", "面积复核办法已征求意见，待审定后公布。"),
    )
    desk.conclude(row, inquiries.HOUSING, course.sent_on)


def _today(desk: Desk) -> None:
    """Leave a field visit under way with a letter on the way, one topic before the head, and one draft."""
    days = desk.days
    inquiry = Inquiry(
        title=ENVIRONMENT_TITLE,
        kind=ActivityKind.FIELD_VISIT,
        aim="查看石料厂和养殖场整改现场，督促稳定达标",
        focus=inquiries.ENVIRONMENT_TOPIC.focus,
        agenda="先听取汇报，再分两路到现场查看，最后集中交换意见",
        first=days.back(6),
        last=days.ahead(4),
        units=("environment",),
        outcome="",
    )
    row = desk.prepare(inquiry, days.back(18), item=_item(YEAR + 1, ENVIRONMENT_TITLE))
    desk.act(activities.begin, inquiry.first, 9, activity_id=row.pk, by=desk.cast.clerk)
    found = FindingEntry("一家石料厂除尘设备停运，值班记录缺少六天。", "environment", Severity.SERIOUS)
    finding = desk.act(findings.write, days.back(3), 17, activity_id=row.pk, entry=found, by=desk.cast.clerk)
    desk.act(findings.ask_view, days.back(2), 10, finding_id=finding.pk, by=desk.cast.clerk)
    entry = LetterEntry(
        channel=Channel.LETTER, received_on=days.back(1), handed_by="阮知秋", sender="莫春生", note="视察途中递交"
    )
    desk.act(letters.take_letter, days.back(0), 9, activity_id=row.pk, entry=entry, by=desk.cast.clerk)
    window = (days.today - timedelta(days=LATELY), days.back(5))
    waiting = desk.draft(inquiries.WATER_AGAIN, days.back(4), window)
    desk.act(proposals.submit, days.back(3), 10, proposal_id=waiting.pk, by=desk.cast.clerk)
    desk.draft(inquiries.CHARGES_AGAIN, days.back(2), WHOLE)
