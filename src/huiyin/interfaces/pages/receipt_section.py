"""收件 on the page of its petition: how it arrived, who handed it in, and which calls were made."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.receipts import is_open_to
from huiyin.county.registry.receipt_days import may_correct
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Addressee, Channel, Origin, UrgentReceiver
from huiyin.interfaces.components.links import Button
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.text import mask_phone

from .receipt_days import corrections_of
from .section import Section

WORDS = frozenset({"交办文号", "检查或交办要求", "备注"})


def facts_of(receipt: Receipt, *, columns: Literal[2, 3] = 3, is_whole: bool = True) -> Facts:
    """Return what was written down when it arrived; without its words where a part of it is sealed to the reader."""
    items = [
        Fact(label=label, value=value) for label, value in _pairs(receipt) if value and (is_whole or label not in WORDS)
    ]
    items += [
        Fact(
            label=f"紧急报告　{UrgentReceiver(report.to).label}",
            value=f"{moment_words(report.reported_at)}　{report.person}　{report.phone}　{report.words}",
            wide=True,
        )
        for report in receipt.urgent_reports.order_by("reported_at", "pk")
        if is_whole
    ]
    if is_whole:
        items += corrections_of(receipt)
    return Facts(items=tuple(items), columns=columns)


def _pairs(receipt: Receipt) -> Iterator[tuple[str, str]]:
    yield "收件号", receipt.number
    yield "信访形式", Channel(receipt.channel).label
    yield "收件日期", day_words(receipt.received_on)
    yield "照写的姓名", receipt.sender
    yield "邮戳日期", day_words(receipt.postmarked_on) if receipt.postmarked_on else ""
    yield "挂号信编号", receipt.mail_number
    addressee = Addressee(receipt.addressed_to).label if receipt.addressed_to else ""
    yield "收信人", "　".join(part for part in (addressee, receipt.recipient) if part)
    yield "来电号码", mask_phone(receipt.caller_phone) if receipt.caller_phone else ""
    yield "来访人数", f"{receipt.head_count}人" if receipt.channel == Channel.WALK_IN.value else ""
    yield "来访代表", "、".join(one.partition(" ")[0] for one in receipt.representatives)
    origin = Origin(receipt.origin)
    yield "来源", "" if origin is Origin.DIRECT else f"{origin.label}　{receipt.origin_name}"
    yield "交办文号", receipt.origin_number
    yield "要求反馈", day_words(receipt.origin_due_on) if receipt.origin_due_on else ""
    yield "检查或交办要求", receipt.origin_words
    yield "经手", f"{receipt.taker_name}　{moment_words(receipt.taken_at)}"
    yield "备注", receipt.note


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """Return the block of the receipt on the petition's page."""
    del today
    receipt = petition.receipt
    is_whole = is_open_to(receipt, by)
    facts = facts_of(receipt, is_whole=is_whole)
    buttons = tuple(_buttons(receipt, by)) if is_whole else ()
    return Section(title="收件", parts=(facts, *buttons))


def _buttons(receipt: Receipt, by: Staff) -> Iterator[Button]:
    if receipt.envelope_sha256:
        href = reverse("envelope", args=[receipt.pk])
        yield Button(label="下载信封扫描", href=href, icon="download", download=True, kind="quiet")
    if may_correct(by):
        yield Button(label="更正收件日期", href=reverse("receipt_day", args=[receipt.pk]), kind="quiet")
