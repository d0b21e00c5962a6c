"""Words of the office."""

from huiyin.kernel.words import Word


class Branch(Word):
    """The branch that a unit belongs to: 一府一委两院, townships, the congress itself."""

    GOVERNMENT = "government", "政府"
    SUPERVISION_COMMISSION = "supervision_commission", "监委"
    COURT = "court", "法院"
    PROCURATORATE = "procuratorate", "检察院"
    TOWNSHIP = "township", "乡镇"
    CONGRESS = "congress", "人大机关"
    POLITICAL_LEGAL = "political_legal", "政法机关"
    SUPERIOR = "superior", "上级机关"


class NotificationKind(Word):
    """消息的种类: what a message in the message centre is about."""

    ASSIGNED = "assigned", "交办"
    DUE = "due", "期限"
    OVERSIGHT = "oversight", "督办"
    FROM_UNIT = "from_unit", "单位反馈"
    DECIDED = "decided", "处理结果"
    INSTRUCTION = "instruction", "批示"
    RECEPTION = "reception", "接待"
    FROM_PETITIONER = "from_petitioner", "信访人"
    URGENT = "urgent", "紧急"
    HANDED_OVER = "handed_over", "移交"
    HOTSPOT = "hotspot", "热点"
    OFFICE = "office", "机关"
    SUPERVISION = "supervision", "监督"


class HeardBy(Word):
    """听取信访工作汇报的会议."""

    STANDING_COMMITTEE = "standing_committee", "常委会会议"
    DIRECTORS = "directors", "主任会议"


class RegulationKind(Word):
    """制度汇编的类别."""

    LAW = "law", "法律法规"
    SUPERIOR = "superior", "上级文件"
    OWN = "own", "本单位制度"
    PROCEDURE = "procedure", "工作规程"
