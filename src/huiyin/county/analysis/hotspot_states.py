"""Words of hotspots: by what matters are gathered, and what two counts allow to be said."""

from huiyin.kernel.words import Word


class HotspotKind(Word):
    """归集方式: what the matters of one line have in common."""

    CATEGORY = "category", "内容分类"
    FIELD = "field", "领域"
    TAG = "tag", "本地标签"
    PLACE = "place", "地点"
    UNIT = "unit", "承办单位"
    STATUTE = "statute", "关联法律"


class Verdict(Word):
    """升降判断: what the two counts can tell, and when they cannot."""

    RISE = "rise", "明显上升"
    RISE_UNSURE = "rise_unsure", "上升但不能排除偶然"
    SAME = "same", "持平"
    FALL_UNSURE = "fall_unsure", "下降但不能排除偶然"
    FALL = "fall", "明显下降"
    TOO_FEW = "too_few", "数量太少，无法判断"
    NO_PAST = "no_past", "上年同期登记不全，无法比较"


class Ground(Word):
    """达到热点标准的理由."""

    RISEN = "risen", "同比增幅"
    AMONG_FIRST = "among_first", "件数位次"
