"""Words of the ledger import."""

from huiyin.kernel.words import Word


class RunState(Word):
    """Where an import stands."""

    CHECKED = "checked", "已试运行"
    RUNNING = "running", "导入中"
    FINISHED = "finished", "已完成"


class RowFate(Word):
    """What became of one row."""

    ACCEPTED = "accepted", "可导入"
    IMPORTED = "imported", "已导入"
    KNOWN = "known", "已存在"
    REFUSED = "refused", "未导入"
