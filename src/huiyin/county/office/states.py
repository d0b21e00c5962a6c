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
