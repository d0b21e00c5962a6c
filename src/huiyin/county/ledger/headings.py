"""Headings of a ledger (台账): the national ones and the office's own, and how a sheet's columns are told apart."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.words import Word


class Field(Word):
    """A column the import understands; its label is the heading that an export writes."""

    SOURCE_NUMBER = "source_number", "信访件编号"
    NAME = "name", "姓名"
    IDENTITY_NUMBER = "identity_number", "证件号码"
    PEOPLE = "people", "信访人数"
    REPRESENTATIVES = "representatives", "信访代表"
    ADDRESS = "address", "住址"
    PHONE = "phone", "手机号码"
    PLACE = "place", "问题属地"
    PURPOSE = "purpose", "信访目的"
    CATEGORY = "category", "内容分类"
    RECEIVED_ON = "received_on", "信访日期"
    REGISTERED_ON = "registered_on", "登记日期"
    DUE_ON = "due_on", "限办时间"
    CHANNEL = "channel", "信访形式"
    SUMMARY = "summary", "概况"
    IS_SOLVED = "is_solved", "是否办结"
    IS_FIRST = "is_first", "是否全国初次信访"
    GATHERING = "gathering", "联名信或集体访"
    STATUS = "status", "信访件状态"
    DEPARTMENT = "department", "登记部门"
    REGISTRAR = "registrar", "登记人"
    LEADER = "leader", "接访或阅批领导"
    DISPOSITION = "disposition", "处理方式"
    BASIS = "basis", "处理依据"
    APPROVER = "approver", "审批人"
    UNIT = "unit", "承办单位"
    HANDLER = "handler", "承办人"
    HANDLER_PHONE = "handler_phone", "承办人电话"
    ASSIGNED_ON = "assigned_on", "交办日期"
    SIGNED_ON = "signed_on", "签收日期"
    REPORTED_ON = "reported_on", "反馈日期"
    OUTCOME = "outcome", "办理结果"
    REPLIED_ON = "replied_on", "答复日期"
    REPLY_METHOD = "reply_method", "答复方式"
    PROOF = "proof", "送达凭证"
    CLOSED_ON = "closed_on", "办结日期"
    SATISFACTION = "satisfaction", "满意度"
    DISSATISFACTION = "dissatisfaction", "不满意原因"


HEADINGS: tuple[str, ...] = tuple(field.label for field in Field)
REQUIRED = (Field.SOURCE_NUMBER, Field.RECEIVED_ON, Field.CHANNEL, Field.SUMMARY)
SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    Field.SOURCE_NUMBER: ("信访编号", "编号", "信访号", "登记编号", "信访件号", "来信来访编号"),
    Field.NAME: ("信访人", "信访人姓名", "来信人", "来访人", "主访人", "反映人", "来信来访人"),
    Field.IDENTITY_NUMBER: ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号"),
    Field.PEOPLE: ("人数", "来访人数", "联名人数", "信访人次"),
    Field.REPRESENTATIVES: ("代表", "来访代表", "代表姓名", "代表人"),
    Field.ADDRESS: ("地址", "家庭住址", "住所", "通讯地址", "联系地址", "单位或住址"),
    Field.PHONE: ("手机号", "手机", "电话", "联系电话", "联系方式", "电话号码"),
    Field.PLACE: ("属地", "问题发生地", "事发地", "所属乡镇", "问题属地名称"),
    Field.PURPOSE: ("目的", "诉求类型", "信访类型", "信访目的类别"),
    Field.CATEGORY: ("内容类别", "问题类别", "信访内容分类", "分类", "类别", "问题分类"),
    Field.RECEIVED_ON: (
        "收件日期",
        "来信日期",
        "来访日期",
        "来信来访日期",
        "收到日期",
        "信访时间",
        "收信日期",
        "来访时间",
    ),
    Field.REGISTERED_ON: ("登记时间", "录入日期"),
    Field.DUE_ON: ("办理期限", "限办日期", "办结期限", "办理时限", "到期日期"),
    Field.CHANNEL: ("形式", "信访方式", "来信来访形式", "信访渠道", "渠道"),
    Field.SUMMARY: (
        "概况信息",
        "内容摘要",
        "主要内容",
        "反映问题",
        "反映的主要问题",
        "信访内容",
        "事由",
        "摘要",
        "信访事项",
    ),
    Field.IS_SOLVED: ("办结", "已办结", "是否办结完毕"),
    Field.IS_FIRST: ("是否初次", "是否初次信访", "初次信访", "初信初访", "初次或重复", "初访重访"),
    Field.GATHERING: ("联名集体", "是否联名或集体访", "是否集体访", "集体访", "联名信"),
    Field.STATUS: ("状态", "办理状态", "办理情况"),
    Field.DEPARTMENT: ("登记单位", "登记机构"),
    Field.REGISTRAR: ("登记人员", "录入人", "经办人", "接待人"),
    Field.LEADER: ("接访领导", "阅批领导", "批示领导", "领导接访阅批", "包案领导"),
    Field.DISPOSITION: ("办理方式", "处理决定", "处置方式"),
    Field.BASIS: ("依据", "法律依据", "政策依据"),
    Field.APPROVER: ("批准人", "审核人", "审批领导"),
    Field.UNIT: ("交办单位", "责任单位", "承办部门", "转送单位", "办理单位"),
    Field.HANDLER: ("责任人", "具体承办人", "承办人姓名"),
    Field.HANDLER_PHONE: ("承办人联系电话", "承办电话", "责任人电话", "承办人手机"),
    Field.ASSIGNED_ON: ("交办时间", "转送日期", "转办日期", "处理日期", "交办转送日期"),
    Field.SIGNED_ON: ("签收时间", "接收日期"),
    Field.REPORTED_ON: ("反馈时间", "报结日期", "回复日期"),
    Field.OUTCOME: ("处理结果", "结果", "反馈结果", "办理情况及结果"),
    Field.REPLIED_ON: ("答复时间", "回音日期", "答复信访人日期"),
    Field.REPLY_METHOD: ("送达方式", "回复方式", "答复形式"),
    Field.PROOF: ("凭证", "送达证明", "挂号信编号", "送达回证"),
    Field.CLOSED_ON: ("办结时间", "结案日期"),
    Field.SATISFACTION: ("满意度评价", "评价", "群众评价", "是否满意"),
    Field.DISSATISFACTION: ("不满意理由", "评价理由"),
}
# What stands in brackets after a heading is advice to whoever fills it in: 内容分类（三级）.
ADVICE = re.compile(r"[(〔\[【].*?[)〕\]】]")
NOISE = re.compile(r"[\s:*、，,。.／/]+")


def plain_heading(written: str) -> str:
    """Return a heading without spaces, line breaks, marks and the advice in brackets."""
    folded = unicodedata.normalize("NFKC", written)
    return NOISE.sub("", ADVICE.sub("", folded)).lower()


FIELD_OF: Mapping[str, Field] = {
    plain_heading(word): field for field in Field for word in (*SYNONYMS[field], field.label) if word
} | {field.label: field for field in Field}


def field_of(written: str) -> Field | None:
    """Return the field a heading names, or None."""
    return FIELD_OF.get(plain_heading(written))


def field_named(written: str) -> Field | None:
    """Return the field by its code or its label, or None."""
    return Field.from_label(written) or next((field for field in Field if field.value == written), None)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds which field: pairs of position and field, each field at most once."""

    columns: tuple[tuple[int, Field], ...]
    headings: tuple[str, ...]

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the headings that no field is read from."""
        used = {position for position, _ in self.columns}
        return tuple(word for position, word in enumerate(self.headings) if word and position not in used)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Return the fields without which no row can be taken in."""
        found = {field for _, field in self.columns}
        return tuple(field for field in REQUIRED if field not in found)

    def check(self) -> None:
        """Refuse a mapping that lacks a column every row needs."""
        if self.missing:
            words = "、".join(field.label for field in self.missing)
            raise Refusal("ledger.columns_missing", f"表中没有找到“{words}”列，请核对表头或指定对应的列", columns=words)

    def as_values(self) -> dict[str, str]:
        """Return heading → field, as it is stored and as a screen or a file edits it."""
        return {self.headings[position]: field.value for position, field in self.columns}

    def changed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return heading → field with some headings given another meaning: a field moves, it is not doubled."""
        taken = {field for field in map(field_named, values.values()) if field is not None}
        kept = {heading: code for heading, code in self.as_values().items() if Field(code) not in taken}
        return kept | dict(values)

    @classmethod
    def from_values(cls, values: Mapping[str, str], headings: Iterable[str]) -> Self:
        """Read an edited mapping: heading → field code or label, an empty one leaves the column out."""
        words = tuple(headings)
        columns: dict[Field, int] = {}
        for heading, written in values.items():
            if heading not in words:
                raise Refusal("ledger.heading_unknown", f"表中没有“{heading}”这一列", heading=heading)
            if not written:
                continue
            field = field_named(written)
            if field is None:
                raise Refusal(
                    "ledger.field_unknown", f"没有“{written}”这一项，不能作为“{heading}”列的含义", field=written
                )
            if field in columns:
                raise Refusal("ledger.field_twice", f"“{field.label}”只能对应一列", field=field.value)
            columns[field] = words.index(heading)
        return cls(columns=tuple(sorted((position, field) for field, position in columns.items())), headings=words)


def guess_mapping(headings: Iterable[str]) -> ColumnMapping:
    """Return the columns by their headings: the exact word wins over a synonym, the first column over a later one."""
    words = tuple(headings)
    columns: dict[Field, int] = {}
    for exactly in (True, False):
        taken = set(columns.values())
        for position, word in enumerate(words):
            field = field_of(word)
            if field is None or field in columns or position in taken:
                continue
            if not exactly or plain_heading(word) == plain_heading(field.label):
                columns[field] = position
    return ColumnMapping(
        columns=tuple(sorted((position, field) for field, position in columns.items())), headings=words
    )


def known_headings(cells: Iterable[str]) -> int:
    """Return how many different fields a row of cells names."""
    return len({field for cell in cells if (field := field_of(cell)) is not None})
