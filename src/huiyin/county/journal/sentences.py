"""What each event says to a person, and under which of the office's five phrases it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "info", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An event in words: ``words`` may name values of the entry in braces, ``note`` is the value shown below."""

    words: str
    phrase: str = ""
    note: str = ""
    tone: Tone = "plain"

    def say(self, values: Mapping[str, object]) -> str:
        """Return the sentence with the values of an entry; a value that is absent leaves nothing."""
        return self.words.format_map(_Shown(values))


class _Shown(dict[str, object]):
    """Values as a sentence shows them: absent and empty ones as nothing."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__({key: "" if value is None else value for key, value in values.items()})

    def __missing__(self, key: str) -> str:
        return ""


SENTENCES: Mapping[str, Sentence] = {
    "receipt.taken": Sentence("收件，收件号 {number}", "分别受理"),
    "receipt.marked_not_petition": Sentence("标记为非信访件，待另一人复核", "分别受理", "reason", "warn"),
    "receipt.seconded_not_petition": Sentence("复核确认为非信访件", "分别受理", "", "warn"),
    "petition.registered": Sentence("登记，编号 {number}", "分别受理", "", "info"),
    "petition.read": Sentence("阅信/接谈（{reader}）", "分别受理", "note"),
    "petition.classified": Sentence("归类为 {category_path}", "综合分析"),
    "petition.disposed": Sentence("处理决定，审批人 {approver}；依据 {basis}", "分别受理", "reason", "info"),
    "petition.voided": Sentence("作废，批准人 {approver}", "分别受理", "reason", "bad"),
    "petition.closed": Sentence("办结", "定期反馈", "", "good"),
    "petition.evaluated": Sentence("满意度评价", "定期反馈", "reason"),
    "petition.revealed": Sentence("查看完整个人信息", "", "", "warn"),
    "attachment.added": Sentence("上传附件，校验值 {sha256}", "分别受理"),
    "attachment.checked": Sentence("核对附件校验值"),
    "deadline.recomputed": Sentence(
        "节假日安排公布，{clock}期限由 {due_on_before} 改为 {due_on}", "统一交办", "", "warn"
    ),
    "deadline.confirmed": Sentence("节假日安排公布，{clock}期限仍为 {due_on}", "统一交办"),
    "assignment.issued": Sentence(
        "交 {unit_name}（{handler}）办理，文号 {number}，期限 {due_on}", "统一交办", "", "info"
    ),
    "assignment.signed": Sentence("签收，承办人 {handler}", "统一交办"),
    "assignment.reported": Sentence("第 {round} 次反馈，承办人 {handler}", "定期反馈", "facts", "info"),
    "assignment.returned": Sentence("退回第 {round} 次反馈，限期补正", "严格督查", "words", "bad"),
    "assignment.verified": Sentence("审核通过", "严格督查", "", "good"),
    "reply.written": Sentence("答复，文号 {number}", "定期反馈", "text", "info"),
    "reply.delivered": Sentence("送达，凭证：{proof}", "定期反馈", "", "good"),
    "ledger.checked": Sentence("试运行导入台账 {name}，共 {rows} 行"),
    "ledger.started": Sentence("开始导入台账 {name}"),
    "ledger.imported": Sentence("台账 {name} 导入完成，共 {imported} 件"),
    "period.reported": Sentence("向省级报送 {first_on} 至 {last_on} 的数字，第 {version} 版"),
}
