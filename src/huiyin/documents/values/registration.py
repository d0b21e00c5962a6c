"""信访登记表: everything the office has on record of one petition, with personal numbers masked."""

from collections.abc import Iterator

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import AssignmentState, DispositionKind
from huiyin.county.office.models import Tag
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel, Origin, PetitionerKind, Purpose, Recurrence, State
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.documents.sheets import Facts, Form, Paper, Sheet, Text
from huiyin.kernel.text import mask_address, mask_id_number, mask_phone
from huiyin.platform.statutes.models import Statute

from .letterhead import claims_of, day_of, numbered, office, person_of

NONE = "—"
Row = tuple[tuple[str, str], ...]


def registration_form(petition: Petition) -> Paper:
    """信访登记表: who, what, how it was read, classified, decided, handled and answered, each with its day."""
    rows = (*arrival(petition), *person(petition), *matter(petition), *course(petition))
    sheet = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="信访登记表",
        number=petition.number,
        blocks=(
            Facts(rows=rows),
            Text("证件号码、电话和住址以掩码印出；完整信息在系统中查看，查看留有记录。", "note"),
        ),
    )
    return Paper(sheets=(sheet,))


def arrival(petition: Petition) -> Iterator[Row]:
    """Yield how and when it arrived and was registered."""
    receipt = petition.receipt
    yield (("信访编号", petition.number), ("收件号", receipt.number))
    yield (("信访形式", Channel(petition.channel).label), ("来源", Origin(petition.origin).label))
    yield (("收件日期", day_of(petition.received_on)), ("登记日期", day_of(petition.registered_at)))
    yield (
        ("邮戳日期", day_of(receipt.postmarked_on) if receipt.postmarked_on else NONE),
        ("登记人", petition.registered_by.name),
    )


def person(petition: Petition) -> Iterator[Row]:
    """Yield who wrote or came, as far as it may stand on paper."""
    known = petition.petitioner
    yield (("信访人", person_of(petition)), ("署名情况", PetitionerKind(known.kind).label))
    yield (
        ("联系电话", mask_phone(known.phone) if known.phone else NONE),
        ("证件号码", mask_id_number(known.identity_number) if known.identity_number else NONE),
    )
    yield (("住址", mask_address(known.address) if known.address else NONE),)
    group = f"{petition.head_count}人{'（集体访）' if petition.is_group else ''}"
    joint = f"{petition.signer_count}人联名" if petition.is_joint else NONE
    yield (("人数", group), ("联名", joint))
    people = "、".join(petition.representatives.order_by("position").values_list("name", flat=True))
    if people:
        yield (("来访代表", people),)


def matter(petition: Petition) -> Iterator[Row]:
    """Yield what it is about and how it was classified."""
    tags = dict(Tag.objects.filter(code__in=petition.tags).values_list("code", "name"))
    law = Statute.objects.filter(code=petition.statute_code).values_list("title", flat=True).first()
    yield (
        ("问题属地", petition.place or NONE),
        ("信访目的", Purpose(petition.purpose).label if petition.purpose else NONE),
    )
    yield (
        ("内容分类", petition.category_path or NONE),
        ("标签", "、".join(tags.get(code, code) for code in petition.tags) or NONE),
    )
    yield (("关联法律", f"《{law}》{petition.article}" if law else NONE), ("初次或重复", recurrence(petition)))
    yield (("标记", flags(petition) or NONE),)
    yield (("反映的问题", petition.summary),)
    yield (("诉求", numbered(claims_of(petition))),)


def recurrence(petition: Petition) -> str:
    """Return whether it came before, and as what."""
    if not petition.recurrence:
        return NONE
    label = Recurrence(petition.recurrence).label
    return f"{label}（{petition.repeats.number}）" if petition.repeats else label


def flags(petition: Petition) -> str:
    """Return the flags that are set."""
    marks = (("重大紧急", petition.is_urgent), ("涉法涉诉", petition.is_litigation))
    return "、".join(label for label, is_set in marks if is_set)


def course(petition: Petition) -> Iterator[Row]:
    """Yield what was done with it, each step with who and when."""
    read = f"{petition.reading_note}\n{petition.reader_name}　{day_of(petition.read_at)}" if petition.read_at else NONE
    yield (("阅信（接谈）情况", read),)
    yield (("处理意见", decision(petition)),)
    for assignment in petition.assignments.select_related("unit").order_by("id"):
        yield (("承办单位", handled(assignment)),)
    for reply in petition.replies.order_by("id").prefetch_related("deliveries"):
        sent = "；".join(f"{day_of(one.delivered_at)}{Method(one.method).label}" for one in reply.deliveries.all())
        yield (
            (ReplyKind(reply.kind).label, f"{reply.number}　{day_of(reply.replied_at)}\n送达：{sent or '尚未送达'}"),
        )
    closed = (
        f"{petition.closed_by.name}　{day_of(petition.closed_at)}"
        if petition.closed_at and petition.closed_by
        else NONE
    )
    yield (("当前状态", State(petition.state).label), ("办结", closed))
    evaluation = petition.evaluations.order_by("id").last()
    if evaluation is not None:
        yield (("满意度评价", f"{Satisfaction(evaluation.satisfaction).label}　{evaluation.reason}".strip()),)


def decision(petition: Petition) -> str:
    """Return what was decided, why, on what basis, by whom and approved by whom."""
    lines = []
    for row in petition.dispositions.select_related("decided_by", "approved_by").order_by("id"):
        kind = f"{DispositionKind(row.kind).label}{'（已撤回）' if row.withdrawn_at else ''}"
        parts = [kind, row.reason, f"依据：{row.basis}" if row.basis else ""]
        names = f"拟办：{row.decided_by.name}" + (f"；审批：{row.approved_by.name}" if row.approved_by else "")
        lines.append("　".join(part for part in (*parts, names, day_of(row.decided_at)) if part))
    return "\n".join(lines) or NONE


def handled(assignment: Assignment) -> str:
    """Return a unit's part in lines: letter, person, due day, where it stands."""
    due = f"期限{day_of(assignment.due_on)}" if assignment.due_on else "不要求反馈"
    person_and_phone = "　".join(part for part in (assignment.handler_name, assignment.handler_phone) if part)
    return (
        f"{assignment.unit.name}　{assignment.number}\n承办人：{person_and_phone}；{due}；"
        f"{AssignmentState(assignment.state).label}"
    )
