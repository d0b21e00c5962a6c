"""信访情况分析报告 of a month, quarter or year (《信访工作条例》第四十一条).

Figures and fields; referrals, assignments and oversight; what was recommended and adopted; what supervision did; the
proposals for the work ahead. Every table says of which period, as of which moment and of which version it is.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from huiyin.county.analysis.dividing import NOBODY, SEALED
from huiyin.county.reporting.contents import Amount, Basis, Contents, Count, Line
from huiyin.county.reporting.rules import kind_of
from huiyin.county.reporting.states import PeriodKind
from huiyin.documents.sheets import Block, Form, Grid, Paper, Sheet, Text
from huiyin.kernel.calendar import SHANGHAI, show_day
from huiyin.kernel.numerals import write_number
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period

from .letterhead import office, sentence

NOTHING = "本期没有。"
TITLE = "信访情况分析报告"
COUNTED_ONLY = "检举控告件和密件计入总数，不列内容；承办单位一栏不含检举控告件和密件。"
CLASSES_NAMED = 3
# What is not classified yet, and what is told apart by nothing.
NO_FIELD = frozenset({NOBODY, SEALED})


def analysis_report(contents: Contents, *, on: date) -> Paper:
    """信访情况分析报告: the office's numbers of a locked version in tables, and what it proposes in its own words."""
    basis = contents.basis
    sheet = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title=f"{basis.period.label}{TITLE}",
        blocks=tuple(_blocks(contents)),
        signer=office(),
        signed_on=show_day(on),
    )
    return Paper(sheets=(sheet,))


def _blocks(contents: Contents) -> Iterator[Block]:
    chapters = (
        ("基本情况", _figures(contents)),
        ("信访事项涉及领域和主要问题", _fields(contents)),
        ("四个百分之百和办理质效", _promises(contents)),
        ("交办、转送和督办情况", _assigned(contents)),
        ("三项建议提出和采纳情况", _recommended(contents)),
        ("监督工作情况", _supervised(contents)),
        (ahead(contents.basis.period), _proposed(contents)),
    )
    yield Text(f"本报告的数字为{basis_words(contents.basis)}；上年同期：{contents.basis.before_words}。{COUNTED_ONLY}")
    for place, (title, blocks) in enumerate(chapters, start=1):
        yield Text(f"{write_number(place)}、{title}", "heading")
        yield from blocks


def ahead(period: Period) -> str:
    """Return what the last chapter is called: of a whole year it is about the next year's priorities."""
    is_year = kind_of(period) is PeriodKind.YEAR
    return f"{period.last.year + 1}年工作重点建议" if is_year else "下一步工作建议"


def basis_words(basis: Basis) -> str:
    """Return period, version and moment in one phrase."""
    moment = basis.as_of.astimezone(SHANGHAI)
    return f"{basis.period.label}第{basis.version}版，截至{show_day(moment.date())}{moment:%H:%M}"


def _note(contents: Contents) -> Text:
    return Text(f"（{basis_words(contents.basis)}）", "note")


def changed(now: int, before: int) -> str:
    """Return how a number stands to the year before's, without any word on why."""
    if now == before:
        return "与上年同期持平"
    return f"比上年同期{'增加' if now > before else '减少'}{abs(now - before)}件"


def _figures(contents: Contents) -> Iterator[Block]:
    received = contents.received
    parts = "，".join(f"{one.label}{one.now}件" for one in contents.channels)
    yield Text(
        sentence(
            f"{contents.basis.period.label}共收到信访件{received.now}件，{changed(received.now, received.before)}"
            f"{f'，其中{parts}' if parts else ''}"
        )
    )
    yield from _counts("信访形式", contents.channels, contents)
    yield from _counts("信访目的", contents.purposes, contents)


def _fields(contents: Contents) -> Iterator[Block]:
    classified = [one for one in contents.classes if one.now and one.code not in NO_FIELD]
    named = "、".join(f"{one.label}（{one.now}件）" for one in classified[:CLASSES_NAMED])
    if named:
        yield Text(f"反映较多的领域是{named}。")
    yield from _counts("内容分类", contents.classes, contents)
    if not contents.problems:
        yield Text("本期没有达到热点标准的问题。")
        return
    yield Text("达到热点标准的问题如下，按信访事项计，同一人反映同一问题的多次信访只计一件：")
    yield Grid(
        headings=("问题", "事项", "上年同期", "件次", "集体访", "升降判断"),
        widths=(6, 2, 3, 2, 2, 4),
        rows=tuple(
            (one.label, str(one.matters), str(one.before), str(one.petitions), str(one.group_visits), one.words)
            for one in contents.problems
        ),
    )
    yield _note(contents)


def _counts(heading: str, counts: Iterable[Count], contents: Contents) -> Iterator[Block]:
    rows = tuple((one.label, str(one.now), str(one.before), one.change) for one in counts)
    if rows:
        yield Grid(headings=(heading, "本期", "上年同期", "增减"), widths=(6, 2, 2, 2), rows=rows)
        yield _note(contents)


def _promises(contents: Contents) -> Iterator[Block]:
    for title, lines in contents.chapters.items():
        known = [line for line in lines if line.now[1] or line.before[1]]
        if known:
            yield Text(title, "subheading")
            yield _lines(known)
            yield _note(contents)


def _lines(lines: Iterable[Line]) -> Grid:
    return Grid(
        headings=("指标", "本期", "比例", "上年同期", "比例"),
        widths=(5, 3, 3, 3, 3),
        rows=tuple((one.indicator.label, *_amount(one.now), *_amount(one.before)) for one in lines),
    )


def _amount(amount: Amount) -> tuple[str, str]:
    part, whole = amount
    return f"{part}/{whole}", percent_words(part, whole)


def _assigned(contents: Contents) -> Iterator[Block]:
    if contents.units:
        yield Text("各承办单位收到的交办、转送件和办理情况：")
        yield Grid(
            headings=("承办单位", "收到", "上年同期", "按期反馈", "退回补正", "督办函及以上"),
            widths=(5, 2, 2, 3, 3, 3),
            rows=tuple(
                (
                    one.name,
                    str(one.given),
                    str(one.given_before),
                    f"{one.on_time[0]}/{one.on_time[1]}",
                    f"{one.returned[0]}/{one.returned[1]}",
                    str(one.grave_steps),
                )
                for one in contents.units
            ),
        )
        yield _note(contents)
    else:
        yield Text(f"交办、转送：{NOTHING}")
    steps = [one for one in contents.steps if one.now or one.before]
    if steps:
        yield Text("督办情况：")
        yield from _counts("督办级次", steps, contents)
    else:
        yield Text(f"督办：{NOTHING}")


def _recommended(contents: Contents) -> Iterator[Block]:
    if not contents.has_recommendations:
        yield Text(NOTHING)
        return
    yield Grid(
        headings=("建议", "提出", "已答复", "采纳（含部分采纳）"),
        widths=(5, 2, 2, 4),
        rows=tuple((one.label, str(one.made), str(one.answered), str(one.adopted)) for one in contents.recommendations),
    )
    yield _note(contents)


def _supervised(contents: Contents) -> Iterator[Block]:
    if not contents.activities:
        yield Text(NOTHING)
        return
    yield Grid(
        headings=("监督活动", "方式", "开始日期", "进展"),
        widths=(6, 3, 4, 3),
        rows=tuple((one.title, one.kind, show_day(one.begun_on), one.state) for one in contents.activities),
    )
    yield _note(contents)


def _proposed(contents: Contents) -> Iterator[Block]:
    if not contents.proposed:
        yield Text("没有提出建议。")
    for place, one in enumerate(contents.proposed, start=1):
        yield Text(f"{place}．{sentence(one.words)}")
        yield Text(f"依据：{'、'.join(one.petition_numbers)}", "note")
