"""Examples of every component, with invented people and numbers."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from django import forms
from django.utils.safestring import SafeString

from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.forms import ChoiceChips, Field, Form
from huiyin.interfaces.components.links import (
    Button,
    ButtonForm,
    Chip,
    Chips,
    Crumb,
    Icon,
    KeyHint,
    Nav,
    NavGroup,
    NavItem,
    PageHeader,
    Pagination,
    Step,
    Steps,
    Tab,
    Tabs,
)
from huiyin.interfaces.components.notices import Alert, Message, MessageList, RefusalBox
from huiyin.interfaces.components.numbers import (
    ChartWithTable,
    Panel,
    PromiseCard,
    PromiseLine,
    Series,
    Stat,
    StatStrip,
)
from huiyin.interfaces.components.petitions import (
    Attachment,
    AttachmentList,
    CodeBox,
    DueBadge,
    Evidence,
    Fact,
    Facts,
    PersonLine,
    PrintHeader,
    StateBadge,
    Timeline,
    TimelineEntry,
)
from huiyin.interfaces.components.tables import ActiveFilter, Cell, Column, DataTable, EmptyState, FilterBar, Row

TODAY = date(2026, 3, 16)
HERE = "#main"


class ExampleForm(forms.Form):
    """A form with every kind of field."""

    summary = forms.CharField(
        label="内容摘要", widget=forms.Textarea(attrs={"rows": 3}), help_text="一件事一句话，写清诉求。"
    )
    channel = forms.ChoiceField(
        label="信访形式", widget=forms.RadioSelect, choices=[("letter", "来信"), ("walk_in", "来访"), ("phone", "来电")]
    )
    unit = forms.ChoiceField(label="承办单位", choices=[("", "请选择"), ("water", "县水务局")])
    received_on = forms.DateField(label="收件日期", widget=forms.DateInput(attrs={"type": "date"}))
    urgent = forms.BooleanField(label="重大紧急，已电话报告", required=False)


def filled(**values: str) -> ExampleForm:
    """Return the example form as it comes back with these values."""
    return ExampleForm(values, auto_id=f"id_{len(values)}_%s")


def examples() -> Mapping[str, tuple[Component, ...]]:
    """Return the examples of each component, by its name."""
    shown = (
        *link_examples(),
        *number_examples(),
        *table_examples(),
        *form_examples(),
        *petition_examples(),
        *notice_examples(),
    )
    return {name: tuple(one for one in shown if one.component == name) for name in Component.registry}


def link_examples() -> tuple[Component, ...]:
    """Return buttons, navigation, tabs, chips, steps, pages."""
    return (
        Icon(name="letter"),
        Button(label="登记来信", href=HERE, kind="primary", icon="plus", key="N"),
        Button(label="导出", href=HERE, icon="download"),
        Button(label="返回", href=HERE, kind="quiet"),
        ButtonForm(
            label="作废编号", action="/components", kind="danger", confirm="作废后编号仍留在台账中。确定作废吗？"
        ),
        PageHeader(
            title="马大山反映农业水费问题",
            number="青信〔2026〕17号",
            crumbs=(Crumb(label="信访件", href=HERE),),
            lead="来信 · 2026-03-02 收件",
            badge=StateBadge(label="已交办", tone="info"),
            body=SafeString('<a class="hy-button hy-button-secondary" href="#main">打印</a>'),
        ),
        Nav(
            label="示例导航",
            groups=(
                NavGroup(
                    items=(
                        NavItem(label="今日", href=HERE, icon="today", active=True),
                        NavItem(label="信访件", href=HERE, icon="letter", count=17),
                    )
                ),
                NavGroup(title="分析", items=(NavItem(label="四个百分之百", href=HERE, icon="chart"),)),
            ),
        ),
        Tabs(
            label="信访件的内容",
            items=(
                Tab(label="概况", href=HERE, active=True),
                Tab(label="交办", href=HERE, count=2),
                Tab(label="附件", href=HERE, count=0),
            ),
        ),
        Chips(
            label="状态",
            items=(
                Chip(label="全部", href=HERE, count=141, active=True),
                Chip(label="逾期", href=HERE, count=2),
            ),
        ),
        Steps(
            label="办理过程",
            items=(
                Step(label="登记", state="done", when="03-02", who="马会计"),
                Step(label="归类", state="done", when="03-03", who="马会计"),
                Step(label="交办", state="now", when="03-05", who="王主任"),
                Step(label="复查", state="skipped"),
                Step(label="答复", state="todo"),
            ),
        ),
        Pagination(page=2, pages=6, total=141, first_href=HERE, previous_href=HERE, next_href=HERE, last_href=HERE),
        KeyHint(keys=("Ctrl", "Enter"), words="提交"),
    )


def number_examples() -> tuple[Component, ...]:
    """Return numbers, promises and charts."""
    months = ("1月", "2月", "3月", "4月")
    return (
        Stat(label="今日到期", value=3, href=HERE, tone="warn"),
        Stat(label="按期答复率", part=138, whole=141, missing_href=HERE),
        Stat(label="满意率", part=0, whole=0, note="本期尚无评价"),
        StatStrip(
            label="今天",
            items=(
                Stat(label="今日到期", value=3, href=HERE, tone="warn"),
                Stat(label="已逾期", value=2, href=HERE, tone="bad"),
                Stat(label="待登记", value=0, tone="bad"),
                Stat(label="待审核", value=5, href=HERE),
            ),
        ),
        PromiseCard(code="M1", title="件件登记", part=141, whole=141, sentence="记录在案，随时可查", href=HERE),
        PromiseCard(
            code="M3",
            title="件件交办",
            part=137,
            whole=141,
            sentence="责任到单位和个人",
            missing_href=HERE,
            lines=(
                PromiseLine(label="含依法不交办", part=140, whole=141),
                PromiseLine(label="来访", part=52, whole=53),
            ),
        ),
        PromiseCard(code="M4", title="件件有回音", part=0, whole=0),
        ChartWithTable(
            id="example-months",
            title="来信来访逐月情况",
            kind="line",
            categories=months,
            category_notes=tuple("3县报送" for _ in months),
            as_of="2026-04-30",
            series=(Series(name="来信", values=(6, 9, 12, 8)), Series(name="来访", values=(4, 5, 7, None))),
        ),
        ChartWithTable(
            id="example-classes",
            title="反映集中的问题",
            kind="ranking",
            categories=("农业水费", "土地纠纷", "乱收费"),
            category_label="类别",
            series=(Series(name="件次", values=(31, 24, 12)),),
            note="按事项计，同一人多次反映计一件。",
        ),
        Panel(title="待办", lead="按期限排序", href=HERE, body=SafeString("<p>这里是内容。</p>")),
    )


def table_examples() -> tuple[Component, ...]:
    """Return tables, filters and what stands where nothing is."""
    late = DueBadge(due_on=date(2026, 3, 14), today=TODAY)
    soon = DueBadge(due_on=date(2026, 3, 18), today=TODAY, provisional=True)
    return (
        DataTable(
            caption="信访件清单",
            columns=(
                Column(label="编号", width="fit", sort_href="?sort=number", sorted="descending"),
                Column(label="信访人", width="fit"),
                Column(label="内容摘要", width="wide"),
                Column(label="状态", width="fit"),
                Column(label="期限", width="fit", sort_href="?sort=due"),
                Column(label="人数", align="end", width="fit", phone="hide"),
            ),
            rows=(
                Row(
                    href=HERE,
                    tone="bad",
                    cells=(
                        Cell(text="青信〔2026〕17号", sub="来信"),
                        Cell(text="马大山"),
                        Cell(text="反映柳林村农业水费收缴标准不公开", sub="县水务局 · 李建国"),
                        Cell(component=StateBadge(label="已交办", tone="info")),
                        Cell(component=late),
                        Cell(text="1"),
                    ),
                ),
                Row(
                    href=HERE,
                    cells=(
                        Cell(text="青信〔2026〕16号", sub="来访"),
                        Cell(text="周桂兰", sub="代表 5 人"),
                        Cell(text="要求落实土地承包经营权登记"),
                        Cell(component=StateBadge(label="已报结", tone="warn")),
                        Cell(component=soon),
                        Cell(text="23"),
                    ),
                ),
            ),
            pagination=Pagination(page=1, pages=6, total=141, next_href=HERE, last_href=HERE, label="清单翻页"),
        ),
        EmptyState(
            title="今天没有到期的件", words="最近的期限是3月20日。", action=Button(label="查看全部期限", href=HERE)
        ),
        FilterBar(
            action="/components",
            search_value="水费",
            result="找到 31 件",
            reset_href=HERE,
            active=(ActiveFilter(label="承办单位：县水务局", remove_href=HERE),),
        ),
    )


def form_examples() -> tuple[Component, ...]:
    """Return fields, choices and a form that was refused."""
    fresh, wrong = ExampleForm(auto_id="id_0_%s"), filled(channel="letter", received_on="2019.13.45")
    return (
        Field(field=fresh["summary"], hint="必填"),
        Field(field=fresh["urgent"]),
        Field(field=fresh["unit"], layout="inline"),
        ChoiceChips(field=fresh["channel"]),
        Form(form=wrong, action="/components", submit="登记", cancel_href=HERE, note="编号在登记时自动产生"),
    )


def petition_examples() -> tuple[Component, ...]:
    """Return time line, due dates, states, people, attachments."""
    at = datetime(2026, 3, 5, 6, 20, tzinfo=UTC)
    return (
        Timeline(
            label="办理经过",
            entries=(
                TimelineEntry(
                    who="马会计",
                    when=at,
                    what="登记来信",
                    phrase="分别受理",
                    evidence=(Evidence(label="来信扫描件", href=HERE),),
                ),
                TimelineEntry(
                    who="王主任",
                    when=at,
                    what="交办县水务局",
                    phrase="统一交办",
                    tone="info",
                    note="承办人：李建国，电话：138****0021",
                ),
                TimelineEntry(who="县水务局", when=at, what="逾期未反馈", phrase="定期反馈", tone="bad"),
            ),
        ),
        DueBadge(
            due_on=date(2026, 5, 1),
            today=TODAY,
            label="办结期限",
            provisional=True,
            explanation=(
                "自2026-03-02收到交办函之日起算，60日（条例第三十四条）",
                "第60日为2026-05-01，劳动节放假",
                "顺延至下一个工作日",
            ),
        ),
        DueBadge(due_on=date(2026, 3, 16), today=TODAY),
        DueBadge(due_on=date(2026, 3, 10), today=TODAY, done_on=date(2026, 3, 9)),
        StateBadge(label="办结", tone="good"),
        StateBadge(label="退回", tone="bad", note="理由：未逐项答复"),
        PersonLine(
            name="马大山",
            role="主访人",
            phone="138****0021",
            identity="6229**********0017",
            address="柳林镇柳林村三组",
            reveal_href="/components",
        ),
        AttachmentList(
            label="附件",
            items=(
                Attachment(
                    name="来信扫描件.pdf",
                    href=HERE,
                    size=482133,
                    kind="来信原件",
                    added_by="马会计",
                    added_at=at,
                    sha256="5f" * 32,
                ),
            ),
        ),
        AttachmentList(label="答复附件", items=()),
        Facts(
            items=(
                Fact(label="信访目的", value="求决"),
                Fact(label="内容分类", value="农业农村 / 水利水电"),
                Fact(label="当前状态", component=StateBadge(label="已交办", tone="info")),
                Fact(label="关联法律"),
                Fact(label="概况", value="反映柳林村农业水费收缴标准不公开，要求公示并退还多收部分。", wide=True),
            )
        ),
        CodeBox(label="查询码", value="QL7K-93MD-2T", note="请连同编号抄给信访人，凭此和电话后四位查询。"),
        PrintHeader(office="某县人大常委会信访办公室", title="信访件办理情况", printed_by="马会计", printed_at=at),
    )


def notice_examples() -> tuple[Component, ...]:
    """Return alerts and refusals."""
    return (
        Alert(words="已登记，编号青信〔2026〕18号。", kind="good", href=HERE, href_label="打开"),
        Alert(words="2027年的放假安排尚未公布，相关期限为暂定。", kind="warn"),
        Alert(words="每周三为领导接待日。"),
        RefusalBox(words="已反馈的交办件不能转为已交办", code="assignment.bad_move", facts=(("现在的状态", "已反馈"),)),
        MessageList(
            label="消息",
            items=(
                Message(
                    words="县水务局签收了青信〔2026〕17号",
                    kind="单位反馈",
                    when=datetime(2026, 3, 16, 1, 20, tzinfo=UTC),
                    read_href="/components",
                    leads_on=True,
                ),
                Message(
                    words="青信〔2026〕9号还有3天到期",
                    kind="期限",
                    when=datetime(2026, 3, 15, 0, 30, tzinfo=UTC),
                    read_href="/components",
                    is_read=True,
                ),
            ),
        ),
        MessageList(label="没有消息时", items=()),
    )
