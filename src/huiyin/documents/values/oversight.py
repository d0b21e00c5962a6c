"""催办通知 and 督办函."""

from collections.abc import Iterator

from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.states import Level, Manner, Trigger
from huiyin.county.registry.models import Deadline
from huiyin.documents.sheets import Facts, Form, Paper, Sheet, Signing, Text, paragraphs
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due

from .letterhead import R22_SINCE, contact_of, day_of, for_a_unit, office

TITLES = {Level.REMINDER: "关于催办信访事项的通知", Level.LETTER: "关于督办信访事项的函"}
BY_MANNER = {
    Manner.TALK: "关于约谈督办信访事项的函",
    Manner.HEARING: "关于听取信访事项办理情况汇报的函",
    Manner.ON_SITE: "关于现场督办信访事项的函",
}


def article_of(step: Oversight) -> str:
    """Return the article on oversight that was in force on the day of receipt."""
    return "《信访工作条例》第四十条" if step.petition.received_on >= R22_SINCE else "《信访条例》第三十六条"


def oversight_letter(step: Oversight) -> Paper:
    """催办通知 or 督办函: which matter is late or amiss, why, what is asked by which day, and what comes next."""
    level, assignment = Level(step.level), step.assignment
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title=BY_MANNER[Manner(step.manner)] if step.manner else TITLES[level],
        number=step.number,
        addressee=assignment.unit.name,
        blocks=(
            Text(
                f"我办于{day_of(assignment.issued_at)}以{assignment.number}交你单位办理的信访事项"
                f"（信访编号：{step.petition.number}），{cause_of(step)}。"
            ),
            Facts(rows=facts_of(step)),
            *paragraphs(for_a_unit(step.words, step.petition)),
            *demands(step, level),
        ),
        signer=office(),
        signed_on=day_of(step.issued_at),
        after=(contact_of(step.issued_by),) if step.issued_by else (),
    )
    return Paper(sheets=(sheet, answer_slip(step)))


def cause_of(step: Oversight) -> str:
    """Return why the office writes: the conduct by its article, or that the petitioner came again."""
    label = Trigger(step.trigger).label
    if step.repeat is not None:
        return f"信访人于{day_of(step.repeat.received_on)}再次信访（信访编号：{step.repeat.number}），现予提醒"
    if Level(step.level) is Level.REMINDER:
        return f"经查有下列情形：{label}，现予催办"
    return f"经查有下列情形：{label}，依据{article_of(step)}予以督办"


def facts_of(step: Oversight) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the letter, the person, the day that was missed, and the steps taken before."""
    assignment = step.assignment
    due = day_of(assignment.due_on) if assignment.due_on else "—"
    late = (local_day(step.issued_at) - assignment.due_on).days if assignment.due_on else 0
    standing = f"（已逾期{late}天）" if late > 0 and assignment.reported_at is None else ""
    before = step.assignment.oversight.filter(id__lt=step.pk).order_by("id")
    earlier = "；".join(f"{Level(row.level).label}（{row.number}，{day_of(row.issued_at)}）" for row in before)
    rows = [
        (("承办人", assignment.handler_name), ("原报结期限", f"{due}{standing}")),
        (("此前督办", earlier or "无"),),
    ]
    if step.held_on:
        rows.append((("时间", day_of(step.held_on)), ("参加人员", step.attendees or "—")))
    return tuple(rows)


def demands(step: Oversight, level: Level) -> Iterator[Text]:
    """Yield what is asked, by which day and why that day, and what follows when it is not done."""
    if step.due_on:
        yield Text(
            f"请于{show_day(step.due_on)}（{show_weekday(step.due_on)}）前书面报告办理结果；"
            "不能按期报告的，书面说明理由和预计办结日期。"
        )
        due = due_of(step)
        if due is not None:
            yield from (Text(f"{line}。") for line in due.explain()[1:])
    if level is Level.REMINDER:
        yield Text("逾期仍不报告的，将依照规定发督办函。")
    else:
        yield Text("本次督办记入你单位信访办理情况。逾期仍不办理的，将提请主任会议研究。")


def due_of(step: Oversight) -> Due | None:
    """Return the explained day that this step set, where it began a clock of its own."""
    if step.due_on is None:
        return None
    rows = Deadline.objects.filter(
        petition=step.petition, unit=step.assignment.unit, clock=Clock.OVERSIGHT.value, due_on=step.due_on
    )
    row = rows.order_by("-id").first()
    return Due.from_values(row.explanation) if row is not None else None


def answer_slip(step: Oversight) -> Sheet:
    """Return the slip by which the unit says how it stands."""
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="回　执",
        number=step.number,
        blocks=(
            Facts(
                rows=(
                    (("信访编号", step.petition.number), ("原交办文号", step.assignment.number)),
                    (("承办单位", step.assignment.unit.name), ("收到日期", "")),
                    (("办理进展", "\n\n"),),
                    (("未按期办结的理由", "\n\n"),),
                    (("预计办结日期", ""), ("单位负责人", "")),
                )
            ),
            Signing(labels=("承办单位（公章）", "日期")),
        ),
    )
