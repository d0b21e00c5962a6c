"""Inquiries: what the standing committee of the invented county looks into, from the topic to the words of its opinion.

No text repeats a petition: a finding says what the team found, in its own words (DOMAIN §8).
"""

from dataclasses import dataclass
from datetime import date

from huiyin.county.supervision.opinion_states import Severity
from huiyin.county.supervision.states import ActivityKind, Method
from huiyin.project.demo.items import YEAR

COMMITTEE = "县人大法制委员会"
FARM_COMMITTEE = "县人大农业与农村委员会"
ON_THE_SPOT = (Method.REPORT, Method.SEMINAR, Method.ON_SITE, Method.DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Raised:
    """A topic as the office proposes it: ``category`` is the national class that its petitions have in common."""

    title: str
    category: str
    instrument: ActivityKind
    reason: str
    focus: str
    timing: str
    statute: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the fact, the unit it is about, how grave, and the article."""

    fact: str
    unit: str
    severity: Severity
    article: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The report on what was found, in the parts that the law asks for."""

    evaluation: str
    problems: str
    suggestions: str
    law_suggestions: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One activity with its days, its findings, its report and what is asked of the unit."""

    title: str
    kind: ActivityKind
    aim: str
    focus: str
    agenda: str
    first: date
    last: date
    units: tuple[str, ...]
    outcome: str
    findings: tuple[Found, ...] = ()
    report: Written | None = None
    statute: str = ""
    articles: tuple[str, ...] = ()


WATER_TOPIC = Raised(
    title="农业水费计收与末级渠系管护",
    category="0110",
    instrument=ActivityKind.LAW_INSPECTION,
    reason="农田水利类来信来访居各类前列，集中反映水价不公开、计量不到户、渠道无人管护，涉及全部乡镇。",
    focus="水价批复和公示、末级计量设施、水费收支账目、末级渠系管护责任",
    timing="3月",
    statute="water_law",
    articles=("第四十九条", "第五十五条"),
)
LAND_TOPIC = Raised(
    title="农村土地承包经营权确权与流转",
    category="0102",
    instrument=ActivityKind.LAW_INSPECTION,
    reason="土地承包类信访事项多年居高，集中在确权登记差错、机动地发包程序和流转费支付，调解后反复的多。",
    focus="确权登记更正、机动地公开发包、流转合同备案和费用支付",
    timing="5月",
    statute="land_contract_law",
    articles=("第十九条", "第二十四条"),
)
GRASS_TOPIC = Raised(
    title="草原界线争议与奖补资金发放",
    category="0206",
    instrument=ActivityKind.LAW_INSPECTION,
    reason="草原类信访事项涉及牧户多、容易引发群体争执，界线和奖补资金两类问题占多数。",
    focus="界线勘定、奖补资金核发和公示、违法占用草原的查处",
    timing="7月",
    statute="grassland_law",
    articles=("第十三条", "第十六条"),
)
CHARGES_TOPIC = Raised(
    title="市场和物业领域违规收费",
    category="0804",
    instrument=ActivityKind.DELIBERATION,
    reason="收费类信访事项金额不大、涉及面广，群众对收费依据不公示反映强烈，适宜听取专项报告并实地视察。",
    focus="收费目录公示、无依据收费清退、行业主管部门日常检查",
    timing="9月至10月",
)
HOUSING_TOPIC = Raised(
    title="集体土地房屋拆迁安置",
    category="0302",
    instrument=ActivityKind.INVESTIGATION,
    reason="安置房交付和过渡费发放两类问题延续多年，同一项目的反映接连出现。",
    focus="安置房建设进度、过渡费发放、补偿面积复核",
    timing="第二季度",
)
PENSION_TOPIC = Raised(
    title="城乡居民养老保险待遇核发",
    category="0402",
    instrument=ActivityKind.SPECIAL_INQUIRY,
    reason="待遇核发、补缴和重复参保退费的办理时间较长，老年群众多次往返。",
    focus="待遇核发时限、历史缴费补记",
    timing="第四季度",
)
ENVIRONMENT_TOPIC = Raised(
    title="砂石料厂和养殖场污染治理",
    category="1401",
    instrument=ActivityKind.FIELD_VISIT,
    reason="粉尘和畜禽粪污问题季节性强，整改后反弹，群众要求看到现场变化。",
    focus="除尘设施运行、粪污处理设施建设、整改后的日常监管",
    timing="第四季度",
)
VILLAGE_TOPIC = Raised(
    title="村务公开和集体资金管理",
    category="0101",
    instrument=ActivityKind.INVESTIGATION,
    reason="村集体收入和公益岗位不公开的反映比上年增多，涉及的村分散在各乡镇。",
    focus="村务公开时限和内容、集体资金账目、公益岗位名单",
    timing="第四季度",
)
LAND_AGAIN = Raised(
    title="农村土地承包纠纷调解仲裁",
    category="0102",
    instrument=ActivityKind.INVESTIGATION,
    reason="执法检查之后更正申请加快办理，承包纠纷的调解仲裁仍然缓慢，全年事项数高于上年。",
    focus="仲裁机构人员和经费、乡镇调解程序、裁决执行",
    timing="第四季度",
)
WATER_AGAIN = Raised(
    title="冬灌期间水费计收跟踪",
    category="0110",
    instrument=ActivityKind.SPECIAL_INQUIRY,
    reason="入秋以来水费类来信来访仍然集中，部分村公示和计量进度慢于承诺。",
    focus="公示是否持续、计量设施是否投入使用、维修经费是否到位",
    timing="下一年第一季度",
)
CHARGES_AGAIN = Raised(
    title="物业和集贸市场收费常态监管",
    category="0804",
    instrument=ActivityKind.APPRAISAL,
    reason="清退之后仍有新的反映，主管部门日常检查的效果需要评议。",
    focus="联合检查频次、清退台账、投诉办理",
    timing="下一年第二季度",
)

WATER = Inquiry(
    title="《水法》实施情况执法检查",
    kind=ActivityKind.LAW_INSPECTION,
    aim="检查农业用水计量收费制度的落实，推动水价公开、按量计收、渠道有人管",
    focus="水价批复和公示、末级计量设施、水费收支账目、末级渠系管护责任",
    agenda="3月10日听取汇报，11日至13日到三个乡镇实地检查并召开用水户座谈会，14日汇总",
    first=date(YEAR, 3, 10),
    last=date(YEAR, 3, 14),
    units=("water",),
    outcome="检查报告经常委会会议审议，审议意见已送县水务局研究处理。",
    statute="water_law",
    articles=("第四十九条", "第五十五条"),
    findings=(
        Found("抽查的十四个村中，九个村没有张贴现行水价批复，收费标准只由管水员口头说明。", "water",
              Severity.SERIOUS, "第五十五条"),
        Found("末级渠系装有计量设施的不到四成，其余按面积折算水量，用水多少与缴费多少脱节。", "water",
              Severity.SERIOUS, "第四十九条"),
        Found("三处支渠冬季损毁后没有列入当年维修计划，管护责任在灌区和村之间没有划清。", "water", Severity.MINOR),
    ),
    report=Written(
        evaluation="县水务局推进农业水价综合改革，骨干工程供水总体有保障，水费收入逐年纳入专户管理。",
        problems="一是水价公开不到位；二是末级计量设施覆盖率低；三是末级渠系管护责任不清、维修不及时。",
        suggestions="限期公示水价批复，分年补齐末级计量设施，明确支渠以下管护责任并列支维修经费。",
        law_suggestions="建议上级在制定配套规定时，明确末级渠系计量的建设和维护主体。",
    ),
)  # fmt: skip
LAND = Inquiry(
    title="《农村土地承包法》实施情况执法检查",
    kind=ActivityKind.LAW_INSPECTION,
    aim="检查确权登记、机动地发包和流转管理，推动承包纠纷就地化解",
    focus="确权登记更正、机动地公开发包、流转合同备案和费用支付",
    agenda="5月12日听取汇报，13日至15日到村查阅档案并走访农户，16日汇总",
    first=date(YEAR, 5, 12),
    last=date(YEAR, 5, 16),
    units=("agriculture",),
    outcome="检查报告经常委会会议审议，审议意见已送县农业农村局研究处理。",
    statute="land_contract_law",
    articles=("第十九条", "第二十四条"),
    findings=(
        Found("二十六份确权更正申请中，十一份超过半年没有办结，档案里没有催办记录。", "agriculture",
              Severity.SERIOUS, "第二十四条"),
        Found("两个村发包机动地没有村民会议表决记录，发包结果没有公示。", "agriculture", Severity.GRAVE, "第十九条"),
        Found("流转合同备案率低，拖欠流转费的合作社没有风险提示。", "agriculture", Severity.MINOR),
    ),
    report=Written(
        evaluation="全县承包地确权登记基本完成，承包关系总体稳定。",
        problems="一是确权差错更正慢；二是机动地发包程序不规范；三是流转监管薄弱。",
        suggestions="建立更正台账限时办结，规范机动地公开发包，落实流转合同备案和风险保障金。",
    ),
)  # fmt: skip
REGULATION = Inquiry(
    title="《信访工作条例》实施情况执法检查",
    kind=ActivityKind.LAW_INSPECTION,
    aim="检查信访事项受理、告知、办理、答复各环节是否合乎条例",
    focus="告知时限、逐项答复、送达凭证、承办人到人",
    agenda="6月9日听取汇报，10日至12日抽查案卷，13日反馈",
    first=date(YEAR, 6, 9),
    last=date(YEAR, 6, 13),
    units=("housing", "human_resources"),
    outcome="检查情况已向受检单位当面反馈，问题由各单位列入清单整改。",
    statute="petition_regulation_2022",
    articles=("第二十三条",),
    findings=(
        Found("抽查的三十份案卷中，五份没有告知信访人的记录。", "housing", Severity.SERIOUS, "第二十三条"),
        Found("四份答复只写结果，没有针对诉求逐项说明。", "human_resources", Severity.MINOR),
    ),
    report=Written(
        evaluation="受检单位均确定了分管负责人和经办人，办理程序总体合规。",
        problems="一是告知环节有遗漏；二是答复不逐项。",
        suggestions="统一告知书格式，答复前由分管负责人逐项核对诉求。",
    ),
)
GRASS = Inquiry(
    title="《草原法》实施情况执法检查",
    kind=ActivityKind.LAW_INSPECTION,
    aim="检查草原界线勘定、奖补资金发放和违法占用查处，减少牧区争议",
    focus="界线勘定、奖补资金核发和公示、违法占用草原的查处",
    agenda="7月7日听取汇报，8日至10日到牧区实地检查，11日汇总",
    first=date(YEAR, 7, 7),
    last=date(YEAR, 7, 11),
    units=("forestry_grassland",),
    outcome="检查报告经常委会会议审议，审议意见已送县林业和草原局研究处理。",
    statute="grassland_law",
    articles=("第十三条", "第十六条"),
    findings=(
        Found("七条村界没有埋设界桩，两处重叠草场连年由双方同时放牧。", "forestry_grassland",
              Severity.GRAVE, "第十六条"),
        Found("奖补资金发放清册有三个村没有公示，漏发后补发没有时限。", "forestry_grassland", Severity.SERIOUS),
    ),
    report=Written(
        evaluation="草原承包和禁牧休牧制度基本落实，违法取土案件查处力度加大。",
        problems="一是界线勘定滞后；二是奖补资金公示和补发不规范。",
        suggestions="当年完成重叠草场勘界立桩，奖补资金先公示后发放，漏发的一个月内补发。",
    ),
)  # fmt: skip
CHARGES = Inquiry(
    title="规范收费工作专题审议",
    kind=ActivityKind.DELIBERATION,
    aim="听取和审议规范收费工作的专项报告，推动无依据收费清退到户",
    focus="收费目录公示、无依据收费清退、行业主管部门日常检查",
    agenda="9月15日至16日结合视察，10月30日常委会会议听取专项报告并审议",
    first=date(YEAR, 9, 15),
    last=date(YEAR, 9, 16),
    units=("prices", "education"),
    outcome="常委会会议已审议，审议意见已送县发展和改革局研究处理。",
    findings=(
        Found("视察的六个小区和两个集贸市场中，五处没有公示收费目录。", "prices", Severity.SERIOUS),
        Found("已认定无依据的收费，清退到户的比例没有统计。", "prices", Severity.MINOR),
    ),
)
CHARGES_VISIT = Inquiry(
    title="收费公示情况视察",
    kind=ActivityKind.FIELD_VISIT,
    aim="实地查看收费公示和清退情况，为专题审议提供依据",
    focus="收费目录公示、清退台账",
    agenda="9月15日视察小区和集贸市场，16日视察学校",
    first=date(YEAR, 9, 15),
    last=date(YEAR, 9, 16),
    units=("prices", "education"),
    outcome="视察情况已印发常委会会议作为审议参考。",
)
HOUSING = Inquiry(
    title="房屋拆迁安置专题调查",
    kind=ActivityKind.INVESTIGATION,
    aim="查清安置房逾期和过渡费停发的原因，推动逐户兑现",
    focus="安置房建设进度、过渡费发放、补偿面积复核",
    agenda="4月13日听取汇报，14日至16日逐个项目查看并走访安置户，17日汇总",
    first=date(YEAR + 1, 4, 13),
    last=date(YEAR + 1, 4, 17),
    units=("housing", "natural_resources"),
    outcome="调查报告经常委会会议审议，审议意见已送有关单位研究处理。",
    findings=(
        Found("三个安置项目中，两个项目超过约定交付时间一年以上。", "housing", Severity.GRAVE),
        Found("过渡费停发没有书面说明，涉及一百一十二户。", "housing", Severity.SERIOUS),
        Found("附属房屋面积复核申请没有统一受理口径。", "natural_resources", Severity.MINOR),
    ),
    report=Written(
        evaluation="拆迁补偿协议签订规范，多数群众按期得到货币补偿。",
        problems="一是安置房逾期交付；二是过渡费停发；三是面积复核口径不一。",
        suggestions="公布每个安置项目的交付时间，恢复并补发过渡费，统一面积复核办法。",
    ),
)
