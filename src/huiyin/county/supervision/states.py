"""Supervision (监督): how a topic comes before the directors' meeting, into the yearly plan, and is carried out."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class ActivityKind(Word):
    """监督方式: what a standing committee can do about a topic (DOMAIN §2)."""

    LAW_INSPECTION = "law_inspection", "执法检查"
    DELIBERATION = "deliberation", "专题审议"
    FIELD_VISIT = "field_visit", "视察"
    APPRAISAL = "appraisal", "评议"
    INVESTIGATION = "investigation", "专题调查"
    SPECIAL_INQUIRY = "special_inquiry", "专题询问"
    SPECIAL_COMMITTEE = "special_committee", "特定问题调查"


class TopicSource(Word):
    """议题来源: by which of the six ways the problem came up (JD24 §12)."""

    INSPECTION = "inspection", "（一）执法检查中发现的突出问题"
    DEPUTIES = "deputies", "（二）代表建议、批评和意见集中反映的问题"
    MEMBERS = "members", "（三）常委会组成人员提出的比较集中的问题"
    STUDIES = "studies", "（四）专门委员会、工作机构调研发现的突出问题"
    PETITIONS = "petitions", "（五）来信来访集中反映的问题"
    PUBLIC = "public", "（六）社会普遍关注的其他问题"


class Dimension(Word):
    """专题归集方式: by what the petitions of a topic belong together; each is a way the hotspots are gathered too."""

    CATEGORY = "category", "内容分类"
    TAG = "tag", "本地标签"
    PLACE = "place", "地点"
    UNIT = "unit", "承办单位"


class ProposalState(Word):
    """议题建议的状态."""

    DRAFT = "draft", "草拟中"
    SUBMITTED = "submitted", "待批准"
    WAITING = "waiting", "待主任会议决定"
    ADOPTED = "adopted", "已列入"
    IN_COMMITTEE = "in_committee", "转专委会研究"
    DECLINED = "declined", "不列入"


PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.DRAFT: frozenset({ProposalState.SUBMITTED}),
    # 退回修改 leads back to the draft.
    ProposalState.SUBMITTED: frozenset({ProposalState.DRAFT, ProposalState.WAITING}),
    # 下次再议 leaves it waiting: the queue of the next meeting.
    ProposalState.WAITING: frozenset(
        {ProposalState.WAITING, ProposalState.ADOPTED, ProposalState.IN_COMMITTEE, ProposalState.DECLINED}
    ),
    # What the committee has studied comes before the directors again.
    ProposalState.IN_COMMITTEE: frozenset({ProposalState.WAITING}),
    ProposalState.ADOPTED: frozenset(),
    ProposalState.DECLINED: frozenset(),
}
DECIDED = frozenset({ProposalState.ADOPTED, ProposalState.DECLINED})


class Decision(Word):
    """主任会议的决定 on one proposal."""

    ADOPT = "adopt", "列入"
    NEXT_TIME = "next_time", "下次"
    TO_COMMITTEE = "to_committee", "转专委会"
    DECLINE = "decline", "不列入"


LEADS_TO: Mapping[Decision, ProposalState] = {
    Decision.ADOPT: ProposalState.ADOPTED,
    Decision.NEXT_TIME: ProposalState.WAITING,
    Decision.TO_COMMITTEE: ProposalState.IN_COMMITTEE,
    Decision.DECLINE: ProposalState.DECLINED,
}


class PlanState(Word):
    """年度监督工作计划的状态, one version at a time."""

    DRAFT = "draft", "编制中"
    PUBLISHED = "published", "已公布"
    SUPERSEDED = "superseded", "已调整"


class ActivityState(Word):
    """监督活动的状态."""

    PREPARING = "preparing", "制定方案"
    APPROVED = "approved", "方案已批准"
    UNDER_WAY = "under_way", "进行中"
    FINISHED = "finished", "检查调研结束"
    REPORTED = "reported", "已提出报告"
    DELIBERATED = "deliberated", "已审议"
    CONCLUDED = "concluded", "已办结"
    CANCELLED = "cancelled", "已取消"


ACTIVITY_MOVES: Mapping[ActivityState, frozenset[ActivityState]] = {
    ActivityState.PREPARING: frozenset({ActivityState.APPROVED, ActivityState.CANCELLED}),
    # 退回修改方案 leads back to its preparation.
    ActivityState.APPROVED: frozenset({ActivityState.PREPARING, ActivityState.UNDER_WAY, ActivityState.CANCELLED}),
    ActivityState.UNDER_WAY: frozenset({ActivityState.FINISHED, ActivityState.CANCELLED}),
    ActivityState.FINISHED: frozenset({ActivityState.REPORTED, ActivityState.DELIBERATED, ActivityState.CONCLUDED}),
    ActivityState.REPORTED: frozenset({ActivityState.DELIBERATED, ActivityState.CONCLUDED}),
    ActivityState.DELIBERATED: frozenset({ActivityState.CONCLUDED}),
    ActivityState.CONCLUDED: frozenset(),
    ActivityState.CANCELLED: frozenset(),
}
ENDED = frozenset({ActivityState.CONCLUDED, ActivityState.CANCELLED})
# What the team is not out for any more takes no more letters on the way and no more members.
STAFFED = frozenset({ActivityState.PREPARING, ActivityState.APPROVED, ActivityState.UNDER_WAY})
# Whoever goes out under the law must report (JD24 §36, §59); the rest may end with a word of what came of it.
MUST_REPORT = frozenset(
    {
        ActivityKind.LAW_INSPECTION,
        ActivityKind.APPRAISAL,
        ActivityKind.INVESTIGATION,
        ActivityKind.SPECIAL_COMMITTEE,
    }
)
# What sits in the standing committee's meeting itself and needs it before it can be concluded.
MUST_DELIBERATE = frozenset({ActivityKind.DELIBERATION, ActivityKind.SPECIAL_INQUIRY})
# Set up by the standing committee itself (JD24 §55, §56).
NEEDS_RESOLUTION = frozenset({ActivityKind.SPECIAL_COMMITTEE})
# Its members may have no interest at all in what is looked into (JD24 §57).
STRICT_RECUSAL = frozenset({ActivityKind.SPECIAL_COMMITTEE})
# What the members of the standing committee may go and see before they deliberate (JD24 §13).
MAY_CARRY_FIELD_VISIT = frozenset({ActivityKind.DELIBERATION, ActivityKind.SPECIAL_INQUIRY, ActivityKind.APPRAISAL})
# Which kinds are about how a law is carried out, and so name one (JD24 §31).
NAMES_STATUTE = frozenset({ActivityKind.LAW_INSPECTION})
# What the scheme of each kind is called.
SCHEME_TITLES: Mapping[ActivityKind, str] = {kind: f"{kind.label}方案" for kind in ActivityKind}


class Method(Word):
    """活动方式 (JD24 §35 and usual practice)."""

    REPORT = "report", "听取汇报"
    SEMINAR = "seminar", "座谈会"
    ON_SITE = "on_site", "实地检查"
    THIRD_PARTY = "third_party", "第三方评估"
    QUESTIONNAIRE = "questionnaire", "问卷调查"
    SPOT_CHECK = "spot_check", "抽查"
    UNANNOUNCED = "unannounced", "不打招呼检查"
    DOCUMENTS = "documents", "查阅资料"


class TeamRole(Word):
    """在检查组中的职责."""

    LEADER = "leader", "组长"
    DEPUTY_LEADER = "deputy_leader", "副组长"
    MEMBER = "member", "成员"
    LIAISON = "liaison", "联络员"
    ADVISER = "adviser", "专家"


class MemberBasis(Word):
    """组成人员身份: from whom a team is drawn (JD24 §33, §57)."""

    STANDING_COMMITTEE = "standing_committee", "常委会组成人员"
    SPECIAL_COMMITTEE = "special_committee", "专门委员会组成人员"
    WORKING_BODY = "working_body", "工作机构人员"
    DEPUTY = "deputy", "人大代表"
    EXPERT = "expert", "聘请的专家"
