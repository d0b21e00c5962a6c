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
