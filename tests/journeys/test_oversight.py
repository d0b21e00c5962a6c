"""督办: from the warning to the directors' meeting."""

from huiyin.county.assignment.states import AssignmentState
from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.oversight.queries import suggestions
from huiyin.county.oversight.states import COUNTS_AGAINST_UNIT, Instrument, Level, Manner
from huiyin.county.registry.states import State
from huiyin.county.reply.states import Satisfaction
from huiyin.kernel.clocks import Clock

from .language import Days, on, story
from .office import Office


@story
def test_what_a_unit_does_not_finish_goes_step_by_step_to_the_directors_meeting(office: Office) -> Days:
    people = office.people
    yield on(7, 20)
    letter = office.letter("柯守田", "反映灌区末级渠道三年未修", phone="13900051111").read().classified()
    letter.assigned("water")

    yield on(7, 21)
    letter.signed().told_petitioner()
    # 60日到9月19日（周六），顺延到9月20日：这个周日调休上班。
    letter.due(Clock.REPORT, on(9, 20), "顺延：2026年9月19日（周六，休息日），顺延至2026年9月20日")
    letter.due(Clock.PROGRESS, on(8, 20), "30日")

    yield on(8, 20)
    letter.progressed("正在编制方案")
    letter.due(Clock.PROGRESS, on(9, 20), "起算：2026年8月20日", "顺延：2026年9月19日（周六，休息日）")

    yield on(9, 16)
    office.passes_a_night()
    warned = Notification.objects.filter(to_staff=people.unit_clerk, words__startswith="期限临近")
    assert any(letter.given().number in row.words for row in warned)
    told = warned.count()
    office.passes_a_night()
    assert warned.count() == told

    yield on(9, 21)
    (suggested,) = [
        one for one in suggestions(by=people.clerk, today=office.today) if one.assignment.petition_id == letter.pk
    ]
    assert (suggested.level, suggested.days_late) == (Level.REMINDER, 1)
    office.refuses("请先催办", lambda: letter.overseen(Level.LETTER, "请报结", due_on=on(10, 15), approver=people.head))
    letter.overseen(Level.REMINDER, "请于9月29日前报结", due_on=on(9, 29))
    letter.told(people.unit_head, "催办")

    yield on(9, 30)
    office.refuses("请选择批准人", lambda: letter.overseen(Level.LETTER, "请说明原因", due_on=on(10, 15)))
    office.refuses(
        "须由另一人批准",
        lambda: letter.overseen(Level.LETTER, "请说明原因", due_on=on(10, 15), approver=people.clerk),
    )
    letter.overseen(Level.LETTER, "逾期未报结，请说明原因并限期办结", due_on=on(10, 15), approver=people.head)
    letter.due(Clock.OVERSIGHT, on(10, 15), "起算：2026年9月30日", "指定：文书载明")
    letter.stands_with("县水务局", "何立群", Clock.OVERSIGHT, on(10, 15))

    yield on(10, 16)
    letter.overseen(
        Level.INTERVIEW,
        "约谈县水务局主要负责人",
        manner=Manner.TALK,
        held_on=on(10, 19),
        attendees="王主任、水局长",
        due_on=on(10, 30),
        approver=people.head,
    )

    yield on(11, 2)
    office.refuses(
        "批准提请主任会议",
        lambda: letter.overseen(Level.DIRECTORS_MEETING, "提请听取汇报", approver=people.head, held_on=on(11, 9)),
    )
    letter.overseen(Level.DIRECTORS_MEETING, "提请主任会议听取汇报", approver=people.group_head, held_on=on(11, 9))

    yield on(11, 10)
    letter.overseen(
        Level.INSTRUMENT,
        "列入明年水法执法检查重点",
        instrument=Instrument.LAW_INSPECTION,
        approver=people.group_head,
    )
    assert [step.level for step in letter.steps()] == [level.value for level in Level]
    assert sum(Level(step.level) in COUNTS_AGAINST_UNIT for step in letter.steps()) == 4
    letter.seen_by(people.unit_clerk, people.group_head)
    letter.hidden_from(people.other_unit_clerk)

    yield on(11, 16)
    letter.proven().reported(
        facts="末级渠道一千八百米已于十一月十二日修复通水，二十三户签字确认，工程资料已归档备查，责任人已批评教育。"
    )
    office.refuses("不需要督办", lambda: letter.overseen(Level.REMINDER, "请报结", due_on=on(11, 30)))
    letter.concluded("已报结，渠道修复通水").verified().settled("末级渠道已修复通水。").evaluated(Satisfaction.MOSTLY)
    letter.stands_as(AssignmentState.VERIFIED)
    letter.went(
        State.REGISTERED,
        State.READ,
        State.CLASSIFIED,
        State.ASSIGNED,
        State.IN_PROGRESS,
        State.REPORTED,
        State.VERIFIED,
        State.REPLIED,
        State.CLOSED,
    )
    letter.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.REMINDER,
        Paper.OVERSIGHT_LETTER,
        Paper.OVERSIGHT_LETTER,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    letter.tells("催办 县水务局", "督办函 县水务局", "约谈督办 县水务局", "提请主任会议", "监督手段", "了结", "办结")
    assert Entry.objects.filter(petition_id=letter.pk, event="oversight.concluded").count() == 5
