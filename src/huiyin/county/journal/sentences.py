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
    "receipt.submitted": Sentence("网上提交，收件号 {number}，附件 {files} 个", "分别受理", "", "info"),
    "receipt.marked_urgent": Sentence("标记重大紧急，{register_due_on} 前登记", "分别受理", "reason", "bad"),
    "receipt.urgent_reported": Sentence("重大紧急事项已电话报告{to}", "分别受理", "", "warn"),
    "receipt.urgent_report_finished": Sentence("完成重大紧急报告：{told}", "分别受理", "", "warn"),
    "receipt.marked_not_petition": Sentence("标记为非信访件，待另一人复核", "分别受理", "reason", "warn"),
    "receipt.seconded_not_petition": Sentence("复核确认为非信访件", "分别受理", "", "warn"),
    "receipt.corrected": Sentence(
        "收件日期由 {received_on_before} 更正为 {received_on}，批准人 {approver}", "分别受理", "reason", "warn"
    ),
    "petition.registered": Sentence("登记，编号 {number}", "分别受理", "", "info"),
    "petition.read": Sentence("阅信/接谈（{reader}）", "分别受理", "note"),
    "petition.classified": Sentence("归类为 {category_path}", "综合分析"),
    "petition.repeated": Sentence("办理期间重复来信来访：{repeat}", "分别受理", "", "warn"),
    "petition.classification_reviewed": Sentence("复核归类，同意", "综合分析", "", "good"),
    "petition.reclassified": Sentence(
        "复核归类，由 {category_path_before} 改为 {category_path}", "综合分析", "", "warn"
    ),
    "petition.disposed": Sentence("处理决定，审批人 {approver}；依据 {basis}", "分别受理", "reason", "info"),
    "petition.voided": Sentence("作废，批准人 {approver}", "分别受理", "reason", "bad"),
    "petition.closed": Sentence("办结", "定期反馈", "", "good"),
    "petition.evaluated": Sentence("满意度评价", "定期反馈", "reason"),
    "petition.revealed": Sentence("查看完整个人信息", "", "reason", "warn"),
    "petition.sealed": Sentence("转为检举控告件，由保密专人办理", "分别受理", "", "warn"),
    "petition.accused_added": Sentence("补登被检举控告人", "分别受理", "", "warn"),
    "petition.unsealed": Sentence("解除检举控告件，批准人 {approver}", "分别受理", "reason", "warn"),
    "petition.leader_named": Sentence("指定 {leader} 阅看", "分别受理"),
    "petition.recused": Sentence("{person} 回避，由 {keeper} 经办", "分别受理", "reason", "warn"),
    "petition.kept_by_number": Sentence("密件，只记编号、时间和经办人", "分别受理", "", "warn"),
    "petition.handed_over": Sentence("移交 {keeper} 经办", "统一交办"),
    "attachment.added": Sentence("上传附件，校验值 {sha256}", "分别受理"),
    "supplement.given": Sentence("信访人在网上补充材料，附件 {files} 个", "分别受理", "", "info"),
    "supplement.passed_on": Sentence("补充材料转交承办单位", "统一交办"),
    "evidence.passed_on": Sentence("重复件 {repeat} 的新证据转交承办单位，附件 {files} 个", "统一交办", "", "info"),
    "attachment.checked": Sentence("核对附件校验值"),
    "deadline.recomputed": Sentence(
        "节假日安排公布，{clock}期限由 {due_on_before} 改为 {due_on}", "统一交办", "", "warn"
    ),
    "deadline.confirmed": Sentence("节假日安排公布，{clock}期限仍为 {due_on}", "统一交办"),
    "instruction.put": Sentence("送 {leader} 阅批（{reason}）", "综合分析", "", "info"),
    "instruction.read": Sentence("{leader} 已阅", "分别受理"),
    "instruction.written": Sentence("{leader} 批示，编号 {number}", "统一交办", "words", "info"),
    "instruction.recorded": Sentence("登记 {leader} 的批示，编号 {number}", "统一交办", "words", "info"),
    "instruction.carried_out": Sentence("落实批示 {number}：{how}", "统一交办", "", "good"),
    "instruction.withdrawn": Sentence("撤回送 {leader} 的阅批", "", "reason", "warn"),
    "instruction.refused": Sentence("阅批未予接受", "", "words", "bad"),
    "reception_day.added": Sentence("安排接待日 {on}，{leader}，{place}", "分别受理"),
    "reception_day.changed": Sentence("改动接待日 {on}，{leader}，{place}", "分别受理", "reason", "warn"),
    "reception_day.cancelled": Sentence("取消接待日 {on}（{leader}）", "分别受理", "reason", "bad"),
    "booking.made": Sentence("预约 {on} 接待日，预约号 {number}", "分别受理"),
    "booking.cancelled": Sentence("取消预约 {number}", "分别受理", "reason", "warn"),
    "booking.told": Sentence("已电话通知预约 {number} 接待日取消", "分别受理"),
    "reception.signed_in": Sentence("{on} 接待日签到，{position} 号，{head_count} 人", "分别受理"),
    "reception.called": Sentence("{on} 接待日叫号，{position} 号", "分别受理"),
    "reception.put_back": Sentence("{on} 接待日 {position} 号退回候访", "分别受理"),
    "reception.handed_over": Sentence("{on} 接待日 {position} 号转信访办接谈", "分别受理", "reason", "warn"),
    "reception.left": Sentence("{on} 接待日 {position} 号离开", "分别受理", "reason", "warn"),
    "reception.interviewed": Sentence("{on} 接待日 {position} 号接谈笔录，{lines} 问", "分别受理"),
    "reception.registered": Sentence("{on} 接待日 {position} 号，{leader}接谈登记", "分别受理", "", "info"),
    "petition.proposed": Sentence("拟{kind_label}{unit_name}，依据 {basis}，待审批", "综合分析", "reason", "info"),
    "proposal.approved": Sentence("批准{proposer}的拟办意见，予以{kind_label}", "综合分析", "words", "good"),
    "proposal.sent_back": Sentence("拟{kind_label}的意见退回重拟", "综合分析", "words", "warn"),
    "petition.split": Sentence("拆分为摘抄件和 {part}（检举控告件），{checked_by}核对", "分别受理", "", "info"),
    "act.refused": Sentence("一次办理未获准许（{words}），已记入审计日志", "", "", "warn"),
    "assignment.issued": Sentence(
        "{kind_label} {unit_name}（{role}，{handler}），文号 {number}，期限 {due_on}", "统一交办", "", "info"
    ),
    "assignment.lead_changed": Sentence("主办单位由 {former_name} 改为 {unit_name}", "统一交办", "reason", "warn"),
    "assignment.withdrawn": Sentence("撤回 {unit_name} 的 {number}", "统一交办", "reason", "warn"),
    "assignment.signed": Sentence("签收，承办人 {handler}", "统一交办"),
    "assignment.reported": Sentence("第 {round} 次反馈，承办人 {handler}", "定期反馈", "facts", "info"),
    "assignment.returned": Sentence(
        "退回第 {round} 次反馈（第 {returned} 次退回），限期补正", "严格督查", "words", "bad"
    ),
    "assignment.deemed_received": Sentence("{unit_name}未签收，视为 {on} 收到", "统一交办", "", "warn"),
    "objection.raised": Sentence("{unit_name}提出第 {round} 次异议", "统一交办", "reasons", "warn"),
    "objection.refused": Sentence("不同意{unit_name}的异议，继续承办", "统一交办", "words", "info"),
    "objection.upheld": Sentence("同意{unit_name}的异议，收回 {number}", "统一交办", "words", "info"),
    "objection.put_to_adjudicator": Sentence("第 {round} 次异议，指定{adjudicator}裁定", "统一交办", "", "info"),
    "objection.adjudicated": Sentence("裁定{unit_name}的异议：{outcome_label}", "统一交办", "words", "info"),
    "notice.given": Sentence("{unit_name}于 {told_on} {method_label}告知信访人", "定期反馈"),
    "progress.reported": Sentence("{unit_name}第 {round} 次反馈进展", "定期反馈", "words"),
    "extension.asked": Sentence("{unit_name}申请延期 {length}", "定期反馈", "reason", "warn"),
    "extension.approved": Sentence(
        "{approver}批准延期，期限由 {due_on_before} 改为 {due_on}", "定期反馈", "reason", "info"
    ),
    "extension.refused": Sentence("延期申请未获批准", "定期反馈", "words", "warn"),
    "extension.told": Sentence("于 {told_on} {method_label}告知信访人延期", "定期反馈"),
    "report.drafted": Sentence("{unit_name}起草办结报告", "定期反馈"),
    "assignment.verified": Sentence("审核通过", "严格督查", "", "good"),
    "reply.written": Sentence("答复，文号 {number}", "定期反馈", "text", "info"),
    "reply.delivered": Sentence("送达，凭证：{proof}", "定期反馈", "", "good"),
    "account.opened": Sentence("为 {name} 开户，角色：{roles}"),
    "account.changed": Sentence("变更 {name} 的账号，角色：{roles}"),
    "account.disabled": Sentence("停用 {name} 的账号", "", "", "warn"),
    "account.enabled": Sentence("启用 {name} 的账号"),
    "account.password_reset": Sentence("重置 {name} 的密码", "", "", "warn"),
    "account.signed_out": Sentence("收回 {name} 的登录和令牌", "", "", "warn"),
    "account.password_changed": Sentence("修改自己的密码"),
    "token.issued": Sentence("新建令牌：{name}"),
    "token.revoked": Sentence("撤销令牌：{name}"),
    "unit.added": Sentence("新增单位 {name}"),
    "unit.changed": Sentence("变更单位 {name}"),
    "unit.deactivated": Sentence("停用单位 {name}", "", "", "warn"),
    "unit.reactivated": Sentence("启用单位 {name}"),
    "leading_group.joined": Sentence("{name} 自 {from_on} 起任领导小组{duty}"),
    "leading_group.left": Sentence("{name} 任领导小组{duty}至 {until_on}"),
    "contact.published": Sentence("公布联系方式：{address} {phone} {hours}"),
    "training.held": Sentence("登记 {held_on} 培训：{topic}，{head_count} 人"),
    "training.corrected": Sentence("更正培训：{topic}"),
    "hearing.held": Sentence("登记 {heard_on} {meeting}听取信访工作汇报", "", "resolution"),
    "hearing.corrected": Sentence("更正年度听取：{meeting}"),
    "regulation.added": Sentence("收入制度汇编：{title} {number}"),
    "regulation.corrected": Sentence("更正制度汇编：{title}"),
    "statute.linked": Sentence("关联法律：{start}，《{title}》{article}"),
    "statute.unlinked": Sentence("解除关联：{start}，《{title}》", "", "", "warn"),
    "document.written": Sentence("制作{kind_label} {number}"),
    "document.printed": Sentence("文书存档，校验值 {sha256}"),
    "document.voided": Sentence("文书 {number} 作废", "", "reason", "warn"),
    "reopening.asked": Sentence("申请重新办理：{ground}", "定期反馈", "words", "warn"),
    "reopening.agreed": Sentence("同意重新办理，新编号 {number}", "分别受理", "decision", "info"),
    "reopening.refused": Sentence("不重新办理", "定期反馈", "decision"),
    "petition.archived": Sentence("归档，档号 {file_number}，保管期限 {retention}，共 {pages} 页", "分别受理"),
    "oversight.issued": Sentence(
        "{level_words} {unit_name}，文号 {number}，期限 {due_on}", "严格督查", "words", "warn"
    ),
    "oversight.concluded": Sentence("{level_words}了结，文号 {number}", "严格督查", "outcome", "good"),
    "recommendation.drafted": Sentence("拟写{kind_label}，{unit_name}，待批准", "严格督查", "", "info"),
    "recommendation.made": Sentence(
        "提出{kind_label}，{unit_name}，文号 {number}，期限 {due_on}", "严格督查", "", "warn"
    ),
    "recommendation.sent_back": Sentence("{kind_label}退回，{unit_name}", "严格督查", "words", "warn"),
    "recommendation.answered": Sentence("{unit_name}反馈 {number}：{adoption_label}", "严格督查", "answer", "good"),
    "hotspot.rule_set": Sentence("调整热点标准：{words}", "综合分析", "reason", "info"),
    "ledger.checked": Sentence("试运行导入台账 {name}，共 {rows} 行"),
    "ledger.started": Sentence("开始导入台账 {name}"),
    "ledger.imported": Sentence("台账 {name} 导入完成，共 {imported} 件"),
    "period.prepared": Sentence("核对{label}的数字，第 {version} 版，缺漏 {gaps} 处", "综合分析", "", "info"),
    "period.locked": Sentence("审定并锁定{label}第 {version} 版，报送省级", "综合分析", "", "good"),
    "period.reopened": Sentence("重新打开{label}，第 {version} 版", "综合分析", "reason", "warn"),
    "priority.added": Sentence("写入{label}工作建议", "综合分析", "words"),
    "priority.removed": Sentence("撤下{label}工作建议", "综合分析", "words", "warn"),
    "period.given_up": Sentence("放弃{label}第 {version} 版的核对", "综合分析", "reason", "warn"),
    "topic_proposal.written": Sentence("起草议题建议 {number}：{title}，涉及 {matters} 件事项", "综合分析", "", "info"),
    "topic_proposal.rewritten": Sentence("修改议题建议 {number}：{title}，涉及 {matters} 件事项", "综合分析"),
    "topic_proposal.submitted": Sentence("提交议题建议 {number}", "综合分析"),
    "topic_proposal.sent_back": Sentence("退回议题建议 {number}", "综合分析", "words", "warn"),
    "topic_proposal.approved": Sentence("批准议题建议 {number} 提请主任会议", "综合分析", "", "good"),
    "topic_proposal.put_again": Sentence("议题建议 {number} 再次提请主任会议", "综合分析", "words", "info"),
    "topic_proposal.decided": Sentence(
        "{held_on} {meeting}决定议题建议 {number}：{decision_label}", "", "reason", "info"
    ),
    "directors_meeting.recorded": Sentence("登记第{ordinal}次主任会议（{held_on}）"),
    "directors_meeting.corrected": Sentence("更正第{ordinal}次主任会议"),
    "supervision_plan.begun": Sentence("编制{year}年度监督工作计划第 {version} 版", "", "change_words"),
    "supervision_plan.item_added": Sentence("{year}年度监督工作计划增加第 {code} 项：{kind_label}，{title}"),
    "supervision_plan.item_changed": Sentence("{year}年度监督工作计划修改第 {code} 项：{title}"),
    "supervision_plan.item_dropped": Sentence("{year}年度监督工作计划删去第 {code} 项：{title}", "", "", "warn"),
    "supervision_plan.published": Sentence(
        "公布{year}年度监督工作计划第 {version} 版（{meeting}通过），共 {items} 项", "", "", "good"
    ),
    "activity.prepared": Sentence("制定{kind_label}方案 {number}：{title}"),
    "activity.changed": Sentence("修改方案 {number}：{title}"),
    "activity.resolved": Sentence("登记 {number} 的常委会决议（{resolved_on}）", "", "resolution"),
    "activity.member_added": Sentence("{number} 增加{role_label} {member}"),
    "activity.member_recused": Sentence("{number} 的 {member} 回避", "", "reason", "warn"),
    "activity.approved": Sentence("批准方案 {number}：{title}", "", "", "good"),
    "activity.sent_back": Sentence("退回修改方案 {number}", "", "words", "warn"),
    "activity.begun": Sentence("开始 {number}：{title}", "", "", "info"),
    "activity.finished": Sentence("结束检查调研 {number}：{title}"),
    "activity.deliberated": Sentence("{held_on} {session}审议 {number}", "", "", "info"),
    "activity.concluded": Sentence("办结监督活动 {number}", "", "outcome", "good"),
    "activity.cancelled": Sentence("取消监督活动 {number}", "", "reason", "bad"),
    "activity.letter_taken": Sentence("{number} 随行来信交回，{received_on} 收到，收件号 {receipt}", "分别受理"),
    "activity.petition_linked": Sentence("关联监督活动 {number}：{title}（事项{position}）", "", "reason", "info"),
    "activity.petition_unlinked": Sentence("解除与监督活动 {number}（{title}）的关联（事项{position}）"),
    "finding.written": Sentence("登记问题{position}（{severity_label}，{unit_name}）", "严格督查"),
    "finding.changed": Sentence("修改问题{position}", "严格督查"),
    "finding.withdrawn": Sentence("去掉问题{position}", "严格督查", "reason", "warn"),
    "finding.put_in_order": Sentence("{number} 的问题清单重新排序，共 {count} 条", "严格督查"),
    "finding.view_asked": Sentence("问题{position}征求{unit_name}意见", "严格督查"),
    "finding.view_recorded": Sentence("登记{unit_name}对问题{position}的意见", "严格督查", "view"),
    "finding.matter_linked": Sentence("问题{position}关联信访事项一件（{category_path}，{place}）", "严格督查"),
    "finding.matter_unlinked": Sentence("问题{position}取消关联信访事项一件", "严格督查"),
    "inspection_report.written": Sentence("起草检查报告第 {version} 稿，问题 {findings} 条", "严格督查"),
    "inspection_report.approved": Sentence("审定检查报告第 {version} 稿", "严格督查", "", "good"),
    "inspection_report.submitted": Sentence(
        "{meeting}决定将检查报告提请{session}（{session_on}）审议", "严格督查", "", "info"
    ),
    "opinion.written": Sentence("起草给{unit_name}的审议意见，{items} 条（{session}）", "严格督查"),
    "opinion.changed": Sentence("修改给{unit_name}的审议意见，{items} 条", "严格督查"),
    "opinion.approved": Sentence("审定给{unit_name}的审议意见", "严格督查", "", "good"),
    "opinion.sent": Sentence("审议意见送交{unit_name}，文号 {number}，期限 {due_on}", "严格督查", "", "info"),
    "opinion.answered": Sentence("{unit_name}第 {round} 次反馈 {number} 的研究处理情况", "定期反馈", "", "info"),
    "opinion.reviewed": Sentence("审查{unit_name}第 {round} 次研究处理情况：{decision_label}", "严格督查", "words"),
    "opinion.rated": Sentence(
        "满意度测评：满意 {satisfied}，基本满意 {mostly}，不满意 {dissatisfied}，"
        "组成人员 {members}，结果{result_label}",
        "严格督查",
    ),
    "opinion.published": Sentence("公开 {number} 的审议意见和研究处理情况", "定期反馈", "", "good"),
    "follow_up.recorded": Sentence("{number}：{held_on} {kind_label}", "严格督查", "words"),
    "follow_up.concluded": Sentence("{number}的{kind_label}了结", "严格督查", "outcome", "good"),
    "effect.concluded": Sentence(
        "登记成效：{label}，{months}个月，初次信访事项之后 {after} 件、之前 {before} 件，"
        "同期全县之后 {all_after} 件、之前 {all_before} 件（{change_label}）",
        "综合分析",
    ),
}
