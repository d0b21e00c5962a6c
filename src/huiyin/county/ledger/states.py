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


class Step(Word):
    """How far a row's evidence carries its petition: the acts of the office in their order."""

    REGISTER = "register", "登记"
    READ = "read", "阅信接谈"
    CLASSIFY = "classify", "归类"
    DISPOSE = "dispose", "交办处理"
    SIGN = "sign", "签收"
    REPORT = "report", "反馈"
    VERIFY = "verify", "审核通过"
    REPLY = "reply", "答复"
    DELIVER = "deliver", "送达"
    CLOSE = "close", "办结"
    EVALUATE = "evaluate", "评价"
