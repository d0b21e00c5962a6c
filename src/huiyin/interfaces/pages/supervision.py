"""监督: what waits for whom, this year's plan and where each of its items stands."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.queries.standing import Waiting
from huiyin.county.supervision.rules.plans import may_keep_plan
from huiyin.county.supervision.rules.proposals import may_propose
from huiyin.county.supervision.states import ProposalState
from huiyin.interfaces.components.links import Button, Tabs
from huiyin.interfaces.components.numbers import Stat, StatStrip
from huiyin.interfaces.components.tables import DataTable
from huiyin.kernel.calendar import local_day

from .access import OFFICE_READERS, needs, staff_of
from .supervision_plans import items_table
from .supervision_tabs import supervision_tabs
from .topic_proposals import topics_table


@dataclass(frozen=True, slots=True)
class SupervisionScreen:
    """The first page of supervision."""

    tabs: Tabs
    new: Button | None
    waiting: StatStrip
    plan_title: str
    plan: DataTable
    topics: DataTable


@needs(OFFICE_READERS)
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    """监督总览."""
    by, year = staff_of(request), local_day(timezone.now()).year
    plan = standing.plan_of(year)
    items = standing.items_of(plan) if plan else ()
    new = Button(label="起草议题建议", href=reverse("topic_proposal_new"), kind="primary", icon="plus")
    screen = SupervisionScreen(
        tabs=supervision_tabs("supervision"),
        new=new if may_propose(by) else None,
        waiting=_waiting(standing.waiting(year=year)),
        plan_title=f"{year}年度监督工作计划" + (f"（第{plan.version}版）" if plan else "：还没有公布"),
        plan=items_table(items, may_begin=may_keep_plan(by)),
        topics=topics_table(standing.before_directors(), caption="待决定的议题建议", empty="没有待决定的议题建议"),
    )
    return render(request, "supervision.html", {"screen": screen})


def _waiting(now: Waiting) -> StatStrip:
    def topics(state: ProposalState) -> str:
        return f"{reverse('topic_proposals')}?state={state.value}"

    activities = reverse("activities")
    return StatStrip(
        label="等待办理",
        items=(
            Stat(label="待提交的议题建议", value=now.to_submit, unit="项", href=topics(ProposalState.DRAFT)),
            Stat(label="待批准", value=now.to_approve, unit="项", href=topics(ProposalState.SUBMITTED), tone="warn"),
            Stat(label="待主任会议", value=now.before_directors, unit="项", href=reverse("directors_meetings")),
            Stat(label="待编入计划", value=now.to_plan, unit="项", href=reverse("supervision_plans"), tone="warn"),
            Stat(label="方案待批准", value=now.schemes, unit="项", href=activities, tone="warn"),
            Stat(label="进行中的活动", value=now.under_way, unit="项", href=activities),
            Stat(label="待提出报告", value=now.to_report, unit="项", href=activities, tone="warn"),
        ),
    )
