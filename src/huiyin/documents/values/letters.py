"""Letters to units: 交办函 with its 回执, 转送函, 移送函, 摘抄件."""

from collections.abc import Iterator

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry import clocks
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import PetitionerKind
from huiyin.documents.sheets import Facts, Form, Paper, Sheet, Signing, Text, paragraphs
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.calendar.queries import working_calendar

from .letterhead import (
    called,
    came_by,
    claims_of,
    contact_of,
    day_of,
    for_a_unit,
    heading,
    numbered,
    office,
    person_of,
    secrecy_note,
    sentence,
)

WHAT_TO_REPORT = (
    "（一）调查核实的事实和证据；",
    "（二）处理所依据的法律、法规、规章和政策；",
    "（三）对每项诉求的处理意见，分别写明支持、解释说明或者不支持；",
    "（四）采取的措施和落实情况；",
    "（五）给信访人的书面答复的副本；",
    "（六）答复的送达凭证。",
)


def assignment_letter(assignment: Assignment) -> Paper:
    """交办函: what is given to whom, what to report, by which day and why that day, with the slip to send back."""
    petition = assignment.petition
    role = "主办" if assignment.is_lead else "会办"
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title="关于交办信访事项的函",
        number=assignment.number,
        addressee=assignment.unit.name,
        blocks=(
            Text(
                f"现将{came_by(petition)}反映的信访事项（信访编号：{petition.number}）交你单位{role}，请依法按政策办理。"
            ),
            heading("一、信访事项"),
            matter_of(petition),
            *asked(assignment),
            heading("二、责任和期限"),
            *responsibility(assignment),
            heading("三、报告内容"),
            Text("办结后书面报告我办，由单位负责人签发并加盖公章。报告应当写明并附："),
            *(Text(words) for words in WHAT_TO_REPORT),
            heading("四、办理要求"),
            *(Text(words) for words in demands(assignment)),
        ),
        signer=office(),
        signed_on=day_of(assignment.issued_at),
        after=(f"附：{'、'.join(enclosures(assignment))}", contact_of(assignment.issued_by)),
    )
    return Paper(sheets=(sheet, receipt_slip(assignment)))


def enclosures(assignment: Assignment) -> tuple[str, ...]:
    """Return what goes out with the letter: the slip, the excerpt, and how many files the unit may open."""
    petition = assignment.petition
    opened = petition.attachments.filter(is_for_unit=True).count()
    parts = ("回执", "摘抄件" if petition.excerpt else "", f"材料{opened}件" if opened else "")
    return tuple(part for part in parts if part)


def matter_of(petition: Petition) -> Facts:
    """Return what a unit is told of a petition: who, where, what is asked; no identity number, nobody accused."""
    person = petition.petitioner
    is_named = person.kind == PetitionerKind.NAMED.value
    people = f"{petition.head_count}人" + ("（集体访）" if petition.is_group else "")
    told = "见所附摘抄件" if petition.excerpt else for_a_unit(petition.summary, petition)
    rows = [
        (("信访人", person_of(petition)), ("联系电话", person.phone if is_named and person.phone else "—")),
        (("收到日期", day_of(petition.received_on)), ("人数", people)),
        (("问题属地", petition.place or "—"), ("内容分类", petition.category_path or "—")),
        (("反映的问题", told),),
        (("诉求", numbered(tuple(for_a_unit(text, petition) for text in claims_of(petition)))),),
    ]
    return Facts(rows=tuple(rows))


def asked(assignment: Assignment) -> Iterator[Text]:
    """Yield what the office or a leader asks of the unit beyond the rules."""
    if assignment.instruction:
        yield Text("具体要求：", "subheading")
        yield from paragraphs(sentence(for_a_unit(assignment.instruction, assignment.petition)))


def responsibility(assignment: Assignment) -> Iterator[Text]:
    """Yield who answers, by which day, and how that day came about."""
    phone = f"（{assignment.handler_phone}）" if assignment.handler_phone else ""
    yield Text(f"承办单位：{assignment.unit.name}；承办人：{assignment.handler_name}{phone}。")
    if assignment.due_on:
        yield Text(f"报结期限：{show_day(assignment.due_on)}（{show_weekday(assignment.due_on)}）。")
    due = due_of(assignment)
    if due is not None:
        yield from (Text(f"{line}。") for line in due.explain()[1:])


def due_of(assignment: Assignment) -> Due | None:
    """Return the explained due date that the unit was given with the letter."""
    given = Deadline.objects.filter(
        petition=assignment.petition,
        unit=assignment.unit,
        clock__in=[Clock.REPORT.value, Clock.SIMPLE_REPLY.value],
        started_at__lte=assignment.issued_at,
    )
    row = given.order_by("-id").first()
    return Due.from_values(row.explanation) if row is not None else None


def demands(assignment: Assignment) -> tuple[str, ...]:
    """Return the duties of the unit with their limits, each with its article."""
    ruleset = clocks.rules_of(assignment.petition)
    lines = list(limits(assignment, ruleset))
    lines.append(secrecy_note(assignment.petition))
    return tuple(f"（{'一二三四五六七八九'[position]}）{words}" for position, words in enumerate(lines))


def limits(assignment: Assignment, ruleset: RuleSet) -> Iterator[str]:
    """Yield signing, objection, telling the petitioner, progress and extension as this rule set orders them."""
    issued_on, calendar = local_day(assignment.issued_at), working_calendar()
    if assignment.is_simple:
        yield "本件适用简易办理程序，请在受理期限内决定是否受理，并可以用当面、电话、短信等方式答复信访人。"
    elif ruleset.has(Clock.SIGN):
        signing = deadlines.compute(clock=Clock.SIGN, start_on=issued_on, ruleset=ruleset, calendar=calendar)
        yield (
            f"请于{show_day(signing.due_on)}前签收，确定承办人和联系电话并退回回执；逾期未签收的，视为当日收到，"
            "期限不因未签收而停止计算。"
        )
    if ruleset.has(Clock.OBJECTION):
        step = ruleset.step(Clock.OBJECTION)
        yield (
            f"认为不属于本单位职权范围的，应当自收到之日起{step.length}内书面提出异议并说明理由和依据"
            f"（{ruleset.cite(step)}）；逾期不提出的，视为接受；未经我办同意，不得自行转送其他单位。"
        )
    if ruleset.has(Clock.NOTICE):
        step = ruleset.step(Clock.NOTICE)
        yield f"应当自收到之日起{step.length}内将受理情况和办理途径书面告知信访人（{ruleset.cite(step)}），并抄告我办。"
    if ruleset.has(Clock.PROGRESS):
        yield f"办理期间每满{ruleset.step(Clock.PROGRESS).length}向我办反馈一次进展。"
    extension = ruleset.step(Clock.REPORT).extension if ruleset.has(Clock.REPORT) else None
    if extension is not None:
        yield (
            f"不能按期报结的，应当在期限届满前申请延期，由{extension.approver.label}批准，累计不超过"
            f"{extension.at_most}{extension.unit.label}（{ruleset.cite(extension)}），并告知信访人延期理由。"
        )


def receipt_slip(assignment: Assignment) -> Sheet:
    """回执: what the unit fills in, signs and sends back."""
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="回　执",
        number=assignment.number,
        addressee="",
        blocks=(
            Facts(
                rows=(
                    (("信访编号", assignment.petition.number), ("承办单位", assignment.unit.name)),
                    (("报结期限", day_of(assignment.due_on) if assignment.due_on else "—"), ("收到日期", "")),
                    (
                        (
                            "是否属于本单位职权范围",
                            "□ 属于，予以办理\n□ 不属于，理由和依据另附（须在规定期限内书面提出）",
                        ),
                    ),
                    (("承办人", ""), ("联系电话", "")),
                    (("单位负责人", ""), ("签收人", "")),
                )
            ),
            Text("请填写后加盖公章，退回我办。", "note"),
            Signing(labels=("承办单位（公章）", "日期")),
        ),
    )


def referral_letter(assignment: Assignment) -> Paper:
    """转送函: a petition passed on to the organ whose matter it is; no result is asked back."""
    petition = assignment.petition
    lines = [
        "请依法按政策处理，并直接答复信访人，不要求报告办理结果。",
        secrecy_note(petition),
    ]
    ruleset = clocks.rules_of(petition)
    if ruleset.has(Clock.OBJECTION):
        step = ruleset.step(Clock.OBJECTION)
        lines.insert(
            1,
            f"认为不属于本单位职权范围的，应当自收到之日起{step.length}内书面提出异议并退回（{ruleset.cite(step)}），"
            "不得自行转送。",
        )
    if ruleset.has(Clock.NOTICE):
        step = ruleset.step(Clock.NOTICE)
        lines.insert(1, f"应当自收到之日起{step.length}内书面告知信访人是否受理（{ruleset.cite(step)}）。")
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title="关于转送信访事项的函",
        number=assignment.number,
        addressee=assignment.unit.name,
        blocks=(
            Text(
                f"我办收到{came_by(petition)}反映的信访事项（信访编号：{petition.number}），属于你单位职权范围，现予转送。"
            ),
            matter_of(petition),
            *asked(assignment),
            *told_already(assignment),
            *(Text(words) for words in lines),
        ),
        signer=office(),
        signed_on=day_of(assignment.issued_at),
        after=(contact_of(assignment.issued_by),),
    )
    return Paper(sheets=(sheet,))


def told_already(assignment: Assignment) -> Iterator[Text]:
    """Yield what the office told the petitioner of the way that the law has for the matter (涉法涉诉)."""
    disposition = assignment.petition.dispositions.filter(withdrawn_at=None).order_by("id").last()
    if disposition is not None and disposition.procedure:
        yield Text(sentence(f"我办已书面告知信访人：{disposition.procedure}"))


def sealed_transfer_letter(assignment: Assignment) -> Paper:
    """移送函: a sealed item goes on by its number alone; the letter holds no name and nothing of the content."""
    petition = assignment.petition
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title="移送函",
        number=assignment.number,
        mark="密封　亲启",
        addressee=assignment.unit.name,
        blocks=(
            Text(f"现将信访件（信访编号：{petition.number}）密封移送你单位，请依照职权处理。原件随函，共一件。"),
            Text(
                "请核对封口后由指定人员签收，将回执退回我办。本函及所附材料仅限指定人员拆阅，不得复制、转送、告知他人。"
            ),
        ),
        signer=office(),
        signed_on=day_of(assignment.issued_at),
    )
    slip = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="移送回执",
        number=assignment.number,
        blocks=(
            Facts(
                rows=(
                    (("信访编号", petition.number), ("接收单位", assignment.unit.name)),
                    (("指定接收人", assignment.handler_name), ("封口情况", "□ 完好　□ 破损")),
                )
            ),
            Signing(labels=("接收人", "接收日期")),
        ),
    )
    return Paper(sheets=(sheet, slip))


def excerpt(assignment: Assignment) -> Paper:
    """摘抄件: the demand of a mixed letter without its accusation; the original never leaves the office."""
    petition = assignment.petition
    sheet = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="信访事项摘抄件",
        mark="原件存信访办公室，不外送",
        blocks=(
            Facts(
                rows=(
                    (("信访编号", petition.number), ("随附文号", assignment.number)),
                    (("信访人", called(petition)), ("收到日期", day_of(petition.received_on))),
                    (("主送单位", assignment.unit.name),),
                )
            ),
            *paragraphs(for_a_unit(petition.excerpt, petition)),
            Text("以上内容摘自信访人的来信（来访记录），与办理本事项有关的部分已全部摘录。"),
        ),
        signer=office(),
        signed_on=day_of(assignment.issued_at),
        after=(f"摘抄人：{assignment.issued_by.name}",),
    )
    return Paper(sheets=(sheet,))


LETTERS = {
    DispositionKind.ASSIGNMENT: assignment_letter,
    DispositionKind.INTERNAL: assignment_letter,
    DispositionKind.REFERRAL: referral_letter,
    DispositionKind.SEALED_TRANSFER: sealed_transfer_letter,
}
