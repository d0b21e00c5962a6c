"""Papers of the office: which kinds there are, who each is for, and in which series each is numbered."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class DocumentKind(Word):
    """文书种类: what the office writes on the way of one petition (DOMAIN §9)."""

    REGISTRATION_FORM = "registration_form", "信访登记表"
    INTERVIEW_RECORD = "interview_record", "来访接谈笔录"
    INSTRUCTION_SHEET = "instruction_sheet", "领导批示单"
    RECEIPT_NOTICE = "receipt_notice", "受理告知书"
    GUIDANCE_NOTICE = "guidance_notice", "引导告知书"
    NOT_ACCEPTED_NOTICE = "not_accepted_notice", "不予受理告知书"
    NOT_REACCEPTED_NOTICE = "not_reaccepted_notice", "不再受理告知书"
    REFERRAL_LETTER = "referral_letter", "转送函"
    ASSIGNMENT_LETTER = "assignment_letter", "交办函"
    SEALED_TRANSFER_LETTER = "sealed_transfer_letter", "移送函"
    EXCERPT = "excerpt", "摘抄件"
    REMINDER = "reminder", "催办通知"
    OVERSIGHT_LETTER = "oversight_letter", "督办函"
    EXTENSION_NOTICE = "extension_notice", "延期告知书"
    CONCLUSION_REPORT = "conclusion_report", "办结报告"
    REPLY_LETTER = "reply_letter", "答复函"
    DELIVERY_RECORD = "delivery_record", "送达回证"
    RETURN_SLIP = "return_slip", "退回单"
    FILE_CONTENTS = "file_contents", "卷内目录"
    ANALYSIS_REPORT = "analysis_report", "信访情况分析报告"
    TOPIC_PROPOSAL = "topic_proposal", "议题建议书"
    SUPERVISION_PLAN = "supervision_plan", "年度监督工作计划"
    INSPECTION_PLAN = "inspection_plan", "监督活动方案"
    INSPECTION_REPORT = "inspection_report", "执法检查报告"
    OPINION = "opinion", "审议意见书"
    RECOMMENDATION = "recommendation", "三项建议书"
    UNIT_DOSSIER = "unit_dossier", "单位评议材料"


class Reader(Word):
    """收文: who a paper is written for."""

    OFFICE = "office", "存卷"
    UNIT = "unit", "承办单位"
    PETITIONER = "petitioner", "信访人"


READERS: Mapping[DocumentKind, Reader] = {
    **dict.fromkeys(DocumentKind, Reader.OFFICE),
    **dict.fromkeys(
        (
            DocumentKind.REFERRAL_LETTER,
            DocumentKind.ASSIGNMENT_LETTER,
            DocumentKind.SEALED_TRANSFER_LETTER,
            DocumentKind.EXCERPT,
            DocumentKind.REMINDER,
            DocumentKind.OVERSIGHT_LETTER,
            DocumentKind.RETURN_SLIP,
            DocumentKind.RECOMMENDATION,
            DocumentKind.OPINION,
        ),
        Reader.UNIT,
    ),
    **dict.fromkeys(
        (
            DocumentKind.RECEIPT_NOTICE,
            DocumentKind.GUIDANCE_NOTICE,
            DocumentKind.NOT_ACCEPTED_NOTICE,
            DocumentKind.NOT_REACCEPTED_NOTICE,
            DocumentKind.EXTENSION_NOTICE,
            DocumentKind.REPLY_LETTER,
        ),
        Reader.PETITIONER,
    ),
}

# What a unit writes itself, on its own letterhead and under a number of its own.
OF_UNITS = frozenset({DocumentKind.CONCLUSION_REPORT, DocumentKind.EXTENSION_NOTICE})
# What a unit may read when it bears that unit's code: the letters to it, and what it writes itself.
OPEN_TO_UNITS = frozenset({kind for kind, reader in READERS.items() if reader is Reader.UNIT}) | OF_UNITS

# A paper whose row brings no number of its own takes one here; the rest have that of their row, or need none.
SERIES: Mapping[DocumentKind, str] = {
    DocumentKind.RECEIPT_NOTICE: "告",
    DocumentKind.GUIDANCE_NOTICE: "告",
    DocumentKind.NOT_ACCEPTED_NOTICE: "告",
    DocumentKind.NOT_REACCEPTED_NOTICE: "告",
    DocumentKind.EXCERPT: "摘",
    DocumentKind.RETURN_SLIP: "退",
    DocumentKind.DELIVERY_RECORD: "送",
    DocumentKind.ANALYSIS_REPORT: "析",
    DocumentKind.UNIT_DOSSIER: "评",
    DocumentKind.INSPECTION_REPORT: "检",
}

# Of an accusation and of a 密件 only this one is written: it names the number and nothing of the content (DOMAIN §6).
OF_SEALED = frozenset({DocumentKind.SEALED_TRANSFER_LETTER})
# These bear who printed them and when, on every page.
MARKED_WITH_READER = frozenset({DocumentKind.REGISTRATION_FORM, DocumentKind.INTERVIEW_RECORD})
