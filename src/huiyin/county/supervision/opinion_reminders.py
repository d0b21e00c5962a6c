"""审议意见: who is told that it was sent, answered or reviewed, and who is reminded of what is owed."""

from datetime import date, datetime

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.notifications import notify
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.calendar import local_day, show_day

from .opinion_models import Opinion
from .opinion_states import OWES_ANSWER, OpinionState, ResponseDecision
from .rules.opinions import reminder_key

NOT_SENT = (OpinionState.WRITTEN.value, OpinionState.APPROVED.value)


def address_of(opinion: Opinion, *, href: str) -> str:
    """Return where an opinion is read; ``href`` has ``{opinion_id}`` where its id stands."""
    return href.format(opinion_id=opinion.pk)


def tell_unit(opinion: Opinion, *, key: str, at: datetime, href: str) -> int:
    """Tell the unit's people that an opinion came, or what was made of their answer."""
    return notify(
        key=key,
        to=Staff.objects.of_unit(opinion.unit.code),
        kind=NotificationKind.SUPERVISION,
        words=words_for_unit(opinion),
        at=at,
        href=address_of(opinion, href=href),
    )


def words_for_unit(opinion: Opinion) -> str:
    """Return what a unit is told: the day that counts where it owes an answer, else what was decided."""
    state = OpinionState(opinion.state)
    if state in OWES_ANSWER and opinion.due_on is not None:
        came = "收到审议意见" if state is OpinionState.SENT else "研究处理情况被退回"
        return f"{came}（{opinion.number}），请于{show_day(opinion.due_on)}前反馈研究处理情况"
    last = opinion.responses.order_by("-round").first()
    decided = ResponseDecision(last.decision).label if last and last.decision else state.label
    return f"审议意见{opinion.number}的研究处理情况：{decided}"


def tell_office(opinion: Opinion, *, key: str, at: datetime, href: str) -> int:
    """Tell clerk and head that a unit answered."""
    return notify(
        key=key,
        to=_office(),
        kind=NotificationKind.SUPERVISION,
        words=f"{opinion.unit.name}反馈了审议意见{opinion.number}的研究处理情况，请审查",
        at=at,
        href=address_of(opinion, href=href),
    )


def remind(*, at: datetime, href: str) -> int:
    """提醒审议意见: of answers owed, soon or late, and of opinions to be sent; return how many were told."""
    today = local_day(at)
    return _remind_of_answers(today, at=at, href=href) + _remind_of_sending(today, at=at, href=href)


def _remind_of_answers(today: date, *, at: datetime, href: str) -> int:
    told = 0
    office = list(_office())
    for opinion in Opinion.objects.owing().select_related("unit").order_by("pk"):
        assert opinion.due_on is not None
        key = reminder_key(opinion.due_on, today=today)
        if key is None:
            continue
        late = (today - opinion.due_on).days
        standing = f"已逾期{late}天" if late > 0 else f"期限{show_day(opinion.due_on)}"
        told += notify(
            key=f"opinion:{opinion.pk}:{opinion.due_on}:{key}",
            to=[*Staff.objects.of_unit(opinion.unit.code), *(office if late > 0 else ())],
            kind=NotificationKind.SUPERVISION,
            words=f"审议意见{opinion.number}（{opinion.unit.name}）研究处理情况未反馈，{standing}",
            at=at,
            href=address_of(opinion, href=href),
        )
    return told


def _remind_of_sending(today: date, *, at: datetime, href: str) -> int:
    told = 0
    waiting = Opinion.objects.filter(state__in=NOT_SENT, send_due_on__isnull=False).select_related("unit")
    for opinion in waiting.order_by("pk"):
        assert opinion.send_due_on is not None
        key = reminder_key(opinion.send_due_on, today=today)
        if key is None:
            continue
        told += notify(
            key=f"opinion:{opinion.pk}:send:{key}",
            to=_office(),
            kind=NotificationKind.SUPERVISION,
            words=f"给{opinion.unit.name}的审议意见尚未送交，期限{show_day(opinion.send_due_on)}",
            at=at,
            href=address_of(opinion, href=href),
        )
    return told


def _office() -> "list[Staff]":
    return list(Staff.objects.holding(Role.CLERK, Role.HEAD).order_by("pk"))
