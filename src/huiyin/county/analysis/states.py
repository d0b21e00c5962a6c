"""Words of the office's numbers."""

from huiyin.kernel.words import Word


class Original(Word):
    """What is known of the scan or the signed record that a petition must have."""

    NOT_NEEDED = "not_needed", "无需原件"
    INTACT = "intact", "原件完好"
    UNCHECKED = "unchecked", "原件校验值尚未重算"
    BROKEN = "broken", "原件与校验值不符"
    MISSING = "missing", "缺原件或接谈笔录"


class ExcludedBecause(Word):
    """Why a receipt or a number is not in the denominator."""

    NOT_PETITION = "not_petition", "非信访件"
    VOIDED = "voided", "作废"


class Dimension(Word):
    """By what a number is divided (DOMAIN §7)."""

    FIELD = "field", "领域（一级分类）"
    CLASS = "class", "二级分类"
    UNIT = "unit", "承办单位"
    PLACE = "place", "问题属地"
    CHANNEL = "channel", "信访形式"
    PURPOSE = "purpose", "信访目的"
    RECURRENCE = "recurrence", "初次或重复"
    GROUP = "group", "集体与联名"
    LEADER = "leader", "阅批接访领导"
    MONTH = "month", "月份"


class Side(Word):
    """Which petitions behind a number are asked for."""

    PART = "part", "计入分子的"
    MISSING = "missing", "未计入分子的"
    WHOLE = "whole", "分母全部"


class Gathering(Word):
    """集体与联名 as numbers are divided by it."""

    GROUP = "group", "集体访"
    JOINT = "joint", "联名信"
    SINGLE = "single", "个人"
