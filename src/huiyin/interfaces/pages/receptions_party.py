"""一批来访: the one-page brief for the leader, the record of the talk, and what it becomes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.reception import queries
from huiyin.county.reception.actions import instructions, receptions
from huiyin.county.reception.actions.receptions import SignedRecord
from huiyin.county.reception.models import Reception
from huiyin.county.reception.querysets import READERS
from huiyin.county.reception.rules import DESK, may_receive
from huiyin.county.reception.states import ENDS_AS, RECEPTION_MOVES, ReceptionState
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Button, ButtonForm
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import CodeBox, DueBadge, Fact, Facts, PrintHeader, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import mask_phone

from .access import needs, staff_of
from .leaders import hours_of
from .office_form import carried_out
from .petition_screen import TONES
from .receptions_forms import InterviewForm, ReasonForm, RegisterForm

UNPROCESSABLE = 422
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class RecordLineShown:
    """One question and its answer, as the printed record has them."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class PartyScreen:
    """One party: the brief, the record, the forms of the desk."""

    title: str
    lead: str
    badge: StateBadge
    alert: Alert | None
    who: Facts
    earlier: DataTable
    lines: tuple[RecordLineShown, ...]
    promised: str
    acts: tuple[ButtonForm, ...]
    reasons: tuple[tuple[str, ReasonForm, str], ...]
    interview: InterviewForm | None
    interview_action: str
    record: Button | None
    register: RegisterForm | None
    register_action: str
    petition: Button | None
    day_href: str
    print_header: PrintHeader


def found(request: HttpRequest, reception_id: int) -> Reception:
    """Return a party that this reader may see; one that is hidden and one that never was look alike."""
    row = (
        Reception.objects.visible_to(staff_of(request))
        .select_related("day__leader", "booking", "petition")
        .filter(pk=reception_id)
        .first()
    )
    if row is None:
        raise Http404
    return row


@needs(READERS)
@require_safe
def party(request: HttpRequest, reception_id: int) -> HttpResponse:
    """一批来访: the brief for the leader; the desk's forms below it."""
    return _page(request, found(request, reception_id))


def _page(
    request: HttpRequest,
    row: Reception,
    *,
    interview: InterviewForm | None = None,
    register: RegisterForm | None = None,
    reason: tuple[str, ReasonForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    by, at = staff_of(request), timezone.now()
    screen = _screen(row, by, at, interview=interview, register=register, reason=reason)
    return render(request, "reception.html", {"screen": screen}, status=status)


def _screen(
    row: Reception,
    by: Staff,
    at: datetime,
    *,
    interview: InterviewForm | None,
    register: RegisterForm | None,
    reason: tuple[str, ReasonForm] | None,
) -> PartyScreen:
    state, is_desk = ReceptionState(row.state), may_receive(by)
    is_in = is_desk and state in ENDS_AS
    lines = tuple(RecordLineShown(line.question, line.answer) for line in row.lines.order_by("position"))
    barred = is_desk and row.petition_id is None and queries.is_leader_barred(row, by=by)
    return PartyScreen(
        title=f"{row.position}号来访",
        lead=f"{show_day(row.day.on)}接待日　{row.day.leader_name}　{hours_of(row.day)}",
        badge=StateBadge(label=state.label, tone="info" if state is ReceptionState.CALLED else "plain"),
        alert=Alert(words=f"来访人以前的信访件，{row.day.leader_name}须回避。", kind="warn") if barred else None,
        who=_who(row),
        earlier=_earlier(queries.earlier_of(row, by=by), at),
        lines=lines,
        promised=row.promised,
        acts=tuple(_acts(row, state)) if is_desk else (),
        reasons=tuple(_reasons(row, state, reason)) if is_desk else (),
        interview=(interview or InterviewForm(reception=row)) if is_in else None,
        interview_action=reverse("reception_interview", args=[row.pk]),
        record=Button(label="打印笔录", href=reverse("reception_record", args=[row.pk]), icon="print")
        if lines and is_desk
        else None,
        register=(register or _register_form(row, by)) if is_in and lines else None,
        register_action=reverse("reception_register", args=[row.pk]),
        petition=Button(label=f"信访件 {row.petition.number}", href=reverse("petition", args=[row.petition.pk]))
        if row.petition
        else None,
        day_href=reverse("reception_day", args=[row.day_id]),
        print_header=PrintHeader(office=tenant.current().name, title="接访情况单", printed_by=by.name, printed_at=at),
    )


def _who(row: Reception) -> Facts:
    items = [
        Fact(label="来访人", value=row.name),
        Fact(label="电话", value=mask_phone(row.phone) if row.phone else ""),
        Fact(label="人数", value=f"{row.head_count}人"),
        Fact(label="签到", value=moment_words(row.signed_in_at)),
        Fact(label="事由", value=row.subject, wide=True),
    ]
    if row.representatives:
        items.append(Fact(label="代表", value="、".join(row.representatives), wide=True))
    if row.booking is not None:
        when = f" {row.booking.at_time:%H:%M}" if row.booking.at_time else ""
        items.append(Fact(label="预约", value=f"{row.booking.number}{when}"))
    if row.end_reason:
        items.append(Fact(label="说明", value=row.end_reason, wide=True))
    return Facts(items=tuple(items))


def _earlier(rows: list[queries.Earlier], at: datetime) -> DataTable:
    today = local_day(at)
    return DataTable(
        caption="以前的信访件",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="收到", width="fit"),
            Column(label="概况", width="wide"),
            Column(label="状态", width="fit"),
            Column(label="现由谁负责"),
            Column(label="下一期限", width="fit"),
            Column(label="上次承诺", width="wide"),
            Column(label="督办", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("petition", args=[row.petition_id]),
                cells=(
                    Cell(text=row.number, sub="同一电话" if row.same_phone else "同名"),
                    Cell(text=row.received_on.isoformat()),
                    Cell(text=row.summary),
                    Cell(component=StateBadge(label=row.state.label, tone=TONES.get(row.state, "info"))),
                    Cell(text=row.owner),
                    Cell(component=DueBadge(due_on=row.next_due_on, today=today)) if row.next_due_on else Cell(),
                    Cell(text=row.promised),
                    Cell(text=f"{row.oversight_steps}次" if row.oversight_steps else ""),
                ),
            )
            for row in rows
        ),
        empty=EmptyState(title="没有找到此人以前的信访件"),
    )


def _acts(row: Reception, state: ReceptionState) -> list[ButtonForm]:
    acts = [("call", "请进来", ReceptionState.CALLED), ("put-back", "退回候访", ReceptionState.WAITING)]
    return [
        ButtonForm(
            label=label,
            action=reverse("reception_act", args=[row.pk, name]),
            kind="primary" if name == "call" else "secondary",
        )
        for name, label, then in acts
        if then in RECEPTION_MOVES[state]
    ]


def _reasons(
    row: Reception, state: ReceptionState, refused: tuple[str, ReasonForm] | None
) -> list[tuple[str, ReasonForm, str]]:
    acts = [("hand-over", "转信访办接谈", ReceptionState.HANDED_OVER), ("leave", "来访人离开", ReceptionState.LEFT)]
    return [
        (
            label,
            refused[1] if refused and refused[0] == name else ReasonForm(prefix=name),
            reverse("reception_act", args=[row.pk, name]),
        )
        for name, label, then in acts
        if then in RECEPTION_MOVES[state]
    ]


def _register_form(row: Reception, by: Staff) -> RegisterForm:
    initial = {
        "name": row.name,
        "phone": row.phone,
        "summary": row.subject,
        "signed_by": "、".join(row.representatives) or row.name,
        "note": row.promised,
    }
    return RegisterForm(by=by, prefix="register", initial=initial)


ACTS: dict[str, Callable[..., Reception]] = {
    "call": receptions.call,
    "put-back": receptions.put_back,
    "hand-over": receptions.hand_over,
    "leave": receptions.leave,
}
WITH_REASON = frozenset({"hand-over", "leave"})


@needs(DESK)
@require_POST
def act(request: HttpRequest, reception_id: int, name: str) -> HttpResponse:
    """叫号、退回候访、转信访办、离开."""
    if name not in ACTS:
        raise Http404
    row, by, at = found(request, reception_id), staff_of(request), timezone.now()
    values: dict[str, str] = {}
    if name in WITH_REASON:
        form = ReasonForm(request.POST, prefix=name)
        if not form.is_valid():
            return _page(request, row, reason=(name, form), status=UNPROCESSABLE)
        values = {"reason": form.cleaned_data["reason"]}
    carried_out(
        request,
        act=lambda: ACTS[name](reception_id=row.pk, by=by, at=at, **values).pk,
        sent={"reception": row.pk, "act": name, **values},
    )
    if name == "leave":
        return redirect("reception_day", row.day_id)
    return redirect("reception", row.pk)


@needs(DESK)
@require_POST
def interview(request: HttpRequest, reception_id: int) -> HttpResponse:
    """接谈笔录: write it down, to be printed and signed."""
    row, by, at = found(request, reception_id), staff_of(request), timezone.now()
    form = InterviewForm(request.POST, reception=row)
    if not form.is_valid():
        return _page(request, row, interview=form, status=UNPROCESSABLE)

    def once() -> int:
        exchanges, promised = form.exchanges(), form.cleaned_data["promised"]
        return receptions.interview(reception_id=row.pk, exchanges=exchanges, promised=promised, by=by, at=at).pk

    refused = _refused(request, form, once, {"interview": row.pk, **form.cleaned_data})
    if refused:
        return _page(request, row, interview=form, status=CONFLICT)
    messages.success(request, "笔录已保存，请打印、宣读、签名")
    return redirect("reception", row.pk)


def _refused(request: HttpRequest, form: forms.Form, once: Callable[[], int], sent: dict[str, object]) -> bool:
    """Carry out a form and return whether it was refused; the words then stand on the form."""
    try:
        carried_out(request, act=once, sent=sent)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return True
    return False


@dataclass(frozen=True, slots=True)
class ReceivedScreen:
    """What is said after the registration: number and query code, and the instruction that waits."""

    number: CodeBox
    code: CodeBox
    petition: Button
    instruction: Button | None
    day: Button


@needs(DESK)
@require_POST
def register(request: HttpRequest, reception_id: int) -> HttpResponse:
    """接访登记: receipt, petition, record and reading in one go; a decision on the spot becomes an instruction."""
    row, by, at = found(request, reception_id), staff_of(request), timezone.now()
    form = RegisterForm(request.POST, request.FILES, by=by, prefix="register")
    if not form.is_valid():
        return _page(request, row, register=form, status=UNPROCESSABLE)
    key = request.POST.get("form_token", "")
    code, data = submissions.query_code_of(key), form.cleaned_data["scan"].read()

    def once() -> dict[str, str | int | None]:
        return _registered(row, form, data, code=code, by=by, at=at)

    sent = {**form.cleaned_data, "scan": len(data), "reception": row.pk, "by": by.pk}
    try:
        answer = submissions.once(key=key, sent=sent, at=at, act=once)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return _page(request, row, register=form, status=CONFLICT)
    instruction = answer["instruction"]
    screen = ReceivedScreen(
        number=CodeBox(label="信访件编号", value=str(answer["number"])),
        code=CodeBox(label="查询码", value=code, note="只显示这一次，请抄给来访人"),
        petition=Button(label="打开这件信访件", href=reverse("petition", args=[answer["petition"]]), kind="primary"),
        instruction=Button(label="落实领导批示", href=reverse("instruction", args=[instruction]))
        if instruction
        else None,
        day=Button(label="回到接待日", href=reverse("reception_day", args=[row.day_id])),
    )
    return render(request, "reception_registered.html", {"screen": screen})


def _registered(
    row: Reception, form: RegisterForm, data: bytes, *, code: str, by: Staff, at: datetime
) -> dict[str, str | int | None]:
    values, wish = form.cleaned_data, form.wish()
    signed = SignedRecord(
        signed_by=values["signed_by"],
        note=values["note"],
        scan=data,
        scan_name=values["scan"].name,
        was_read_back=values["was_read_back"],
    )
    done = receptions.register(
        reception_id=row.pk, registration=form.registration(row), signed=signed, by=by, at=at, query_code=code
    )
    written = None
    if wish is not None:
        written = instructions.record(
            petition_id=done.petition.pk,
            wish=wish,
            leader=row.day.leader,
            leader_name=row.day.leader_name,
            reception_id=row.pk,
            by=by,
            at=at,
        )
    return {
        "petition": done.petition.pk,
        "number": done.petition.number,
        "instruction": written.pk if written else None,
    }
