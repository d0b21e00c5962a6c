"""信访规则: the rule set in force, entry by entry with its article, and the dated others; read-only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.roles import OFFICE_ROLES
from huiyin.interfaces.components.links import Tabs
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.clocks import STARTS, Clock
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import ExtensionRule, Representatives, RuleSet, Step, family_of
from huiyin.platform.directory import rulesets

from .access import needs
from .calendar import tabs


@dataclass(frozen=True, slots=True)
class RulesScreen:
    """One rule set, and the others that this office's petitions may fall under by their day."""

    title: str
    lead: str
    tabs: Tabs
    facts: Facts
    steps: DataTable
    absent: str
    others: DataTable


@needs(OFFICE_ROLES)
@require_safe
def calendar_rules(request: HttpRequest) -> HttpResponse:
    """信访规则: the one in force today, or the one of the family that the address names."""
    today = local_day(timezone.now())
    setting = tenant.current().ruleset
    family = tuple(rules_for(setting, rulesets.known()))
    current = _current(setting, today=today)
    code = request.GET.get("code", current.code if current else family[0].code)
    shown = next((one for one in family if one.code == code), None)
    if shown is None:
        raise Http404
    screen = RulesScreen(
        title=f"《{shown.title}》",
        lead=f"{'施行中' if shown == current else '不是现行规则'} · {_span(shown)}",
        tabs=tabs(request.path),
        facts=_facts(shown),
        steps=_steps(shown),
        absent="、".join(clock.label for clock in shown.absent),
        others=_others(family, current=current, shown=shown),
    )
    return render(request, "calendar_rules.html", {"screen": screen})


def rules_for(setting: str, known: tuple[RuleSet, ...]) -> Iterator[RuleSet]:
    """Yield the rule sets a county's petitions may fall under: its family's, then those of the one named otherwise."""
    name: str | None = family_of(known, setting)
    seen: set[str] = set()
    while name is not None and name not in seen:
        seen.add(name)
        members = [one for one in known if one.family == name]
        yield from sorted(members, key=lambda one: one.in_force_from, reverse=True)
        name = next((one.otherwise for one in members if one.otherwise is not None), None)


def _current(setting: str, *, today: date) -> RuleSet | None:
    try:
        return rulesets.in_force(setting, received_on=today)
    except Refusal:
        return None


def _span(ruleset: RuleSet) -> str:
    until = show_day(ruleset.in_force_until) if ruleset.in_force_until else "今"
    return f"{show_day(ruleset.in_force_from)}至{until}收到的信访件适用"


def _facts(shown: RuleSet) -> Facts:
    people = shown.representatives
    visit = shown.group_visit
    modes = "、".join(mode.label for mode in shown.intake_modes)
    return Facts(
        items=(
            Fact(label="代码", value=shown.code),
            Fact(label="施行期间", value=_span(shown)),
            Fact(
                label="不属本机关的事项",
                value=f"{shown.intake_mode.label}（{shown.intake_article}）"
                + (f"，可选：{modes}" if len(shown.intake_modes) > 1 else ""),
            ),
            Fact(label="来访代表", value=_people(people, shown)),
            Fact(label="集体访", value=f"{visit.from_people}人起（{_article(visit.law, visit.article, shown)}）"),
        ),
        columns=1,
    )


def _people(people: Representatives, shown: RuleSet) -> str:
    stricter = "".join(f"，来访{one.when_people_at_most}人以下的不超过{one.at_most}人" for one in people.stricter)
    return f"不超过{people.at_most}人{stricter}（{_article(people.law, people.article, shown)}）"


def _article(law: str | None, article: str, shown: RuleSet) -> str:
    return f"《{law or shown.title}》{article}"


def _steps(shown: RuleSet) -> DataTable:
    return DataTable(
        caption=f"《{shown.title}》的期限",
        columns=(
            Column(label="步骤", width="fit"),
            Column(label="期限", width="fit"),
            Column(label="起算", width="fit"),
            Column(label="依据"),
            Column(label="延期"),
        ),
        rows=tuple(_step(clock, shown.steps[clock], shown) for clock in Clock if shown.has(clock)),
    )


def _step(clock: Clock, step: Step, shown: RuleSet) -> Row:
    return Row(
        cells=(
            Cell(text=clock.label),
            Cell(text=step.length),
            Cell(text=STARTS[clock]),
            Cell(text=_article(step.law, step.article, shown)),
            Cell(text=_extension(step.extension, shown) if step.extension else "不能延期"),
        )
    )


def _extension(rule: ExtensionRule, shown: RuleSet) -> str:
    length = f"{rule.at_most}{rule.unit.label}"
    return f"累计不超过{length}，{rule.approver.label}批准（{_article(rule.law, rule.article, shown)}）"


def _others(family: tuple[RuleSet, ...], *, current: RuleSet | None, shown: RuleSet) -> DataTable:
    href = reverse("calendar_rules")
    return DataTable(
        caption="本县适用的规则",
        columns=(Column(label="规则"), Column(label="适用"), Column(label="现在", width="fit")),
        rows=tuple(
            Row(
                href=f"{href}?code={one.code}",
                tone="info" if one == shown else "plain",
                cells=(
                    Cell(text=f"《{one.title}》", sub=one.code),
                    Cell(text=_span(one)),
                    Cell(
                        component=StateBadge(
                            label="施行中" if one == current else "非现行", tone="good" if one == current else "plain"
                        )
                    ),
                ),
            )
            for one in family
        ),
    )
