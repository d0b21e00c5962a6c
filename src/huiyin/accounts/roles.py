"""Roles as code: what a person may do follows from the roles on the account, never from rows of permissions."""

from huiyin.kernel.words import Word


class Role(Word):
    """角色: DOMAIN's list of who works with the office."""

    CLERK = "clerk", "信访专干"
    HEAD = "head", "法制委负责人"
    LEADER = "leader", "常委会领导"
    GROUP_HEAD = "group_head", "领导小组组长"
    RESTRICTED = "restricted", "保密专人"
    MAIL_ROOM = "mail_room", "收发"
    UNIT_CLERK = "unit_clerk", "承办单位经办人"
    UNIT_HEAD = "unit_head", "承办单位负责人"
    AUDITOR = "auditor", "县内只读"
    ADMINISTRATOR = "administrator", "县管理员"
    PROVINCE_VIEWER = "province_viewer", "省级查看"
    PROVINCE_ANALYST = "province_analyst", "省级分析"


UNIT_ROLES = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
PROVINCE_ROLES = frozenset({Role.PROVINCE_VIEWER, Role.PROVINCE_ANALYST})
OFFICE_ROLES = frozenset(Role) - UNIT_ROLES - PROVINCE_ROLES
# 县管理员 keeps users, units and the rule set, and sees no petition content.
READS_PETITIONS = OFFICE_ROLES - {Role.ADMINISTRATOR, Role.MAIL_ROOM}
