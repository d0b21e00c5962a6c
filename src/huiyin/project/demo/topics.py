"""Topics: what the people of an invented county write and come about in the demonstration year.

``unit`` is the code of a unit in the county's file, or a branch of which the file has at least one unit.
``count`` items of each topic, ``passed`` of them passed on to the unit without a result of their own.
In the sentences ``{place}`` is a village or street, ``{number}`` a small count and ``{money}`` a sum in yuan.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of trouble: its national class, who answers for it, what is written and what comes of it."""

    category: str
    unit: str
    count: int
    passed: int
    sentences: tuple[str, ...]
    outcomes: tuple[str, ...]
    purpose: str = "求决"
    anonymous: int = 0


TOPICS = (
    Topic(
        category="农村农业/水利水电/水事纠纷",
        unit="water",
        count=17,
        passed=4,
        sentences=(
            "反映{place}农业水费每亩比去年多收{money}元，收费时未出示水价批复文件，要求公开水价并退还多收部分。",
            "反映{place}末级渠道漏水严重，{number}户仍按渠首水量计收水费，要求按实际用水量收取。",
            "反映{place}灌溉机井水费由村里统一代收，不开票据，{number}户村民要求说明水费去向。",
            "反映{place}冬灌轮次被取消，但全年农业水费已预收，要求退还{money}元。",
            "反映{place}滴灌设施损坏半年无人维修，水费照收，{number}户玉米减产，要求维修并减免水费。",
        ),
        outcomes=(
            "经核实，超出批复水价部分已全部退还，水价批复在村务公开栏公示。",
            "已安装末级计量设施，自本轮灌溉起按实际水量计收。",
            "渠道已修复，多收水费已退还到户，群众签字确认。",
        ),
    ),
    Topic(
        category="农村农业/土地承包经营/土地承包",
        unit="agriculture",
        count=15,
        passed=4,
        sentences=(
            "反映{place}二轮承包地确权时少登记{number}亩，多次找村委会未解决，要求更正。",
            "反映{place}村委会未经村民会议同意，将机动地{number}亩发包给外村人，要求收回。",
            "反映{place}承包地被相邻农户多占{number}垄，双方各执一词，要求重新丈量。",
            "反映{place}外嫁女户口未迁出，承包地被收回，要求恢复承包权。",
            "反映{place}合作社流转土地后连续两年拖欠租金{money}元，要求支付。",
        ),
        outcomes=(
            "经乡镇现场丈量，已更正确权登记并换发证书。",
            "经村民会议讨论，原发包合同终止，机动地重新公开发包。",
            "经调解双方达成协议，拖欠租金已付清。",
        ),
    ),
    Topic(
        category="自然资源/草原管理/草原承包",
        unit="forestry_grassland",
        count=12,
        passed=3,
        sentences=(
            "反映{place}草场界线与邻村重叠约{number}00亩，两村牧民因放牧多次争执，要求勘界。",
            "反映{place}草原奖补资金少发{number}户，要求核对补发{money}元。",
            "反映{place}有人在禁牧区开挖取土，破坏草原约{number}亩，要求查处并恢复植被。",
            "反映{place}草原承包经营权证面积与实际不符，要求核实换证。",
        ),
        outcomes=(
            "两村在县里主持下完成勘界，埋设界桩并签订协议。",
            "经核对，漏发奖补资金已补发到户。",
            "违法取土行为已立案处罚，责任人已补播草种恢复植被。",
        ),
    ),
    Topic(
        category="市场监管/市场秩序/价格与收费监管",
        unit="prices",
        count=10,
        passed=2,
        sentences=(
            "反映{place}物业在停车费之外另收门禁卡押金{money}元，要求清退。",
            "反映{place}农贸市场摊位费一年内上涨三次，每次均无公示，{number}名摊主要求规范收费。",
            "反映{place}供暖入网时被要求购买指定阀门，多花{money}元，要求退款。",
        ),
        outcomes=(
            "已责令停止违规收费，所收款项全部清退，并在全县开展同类收费检查。",
            "收费项目和标准已重新公示，多收部分已退还。",
        ),
    ),
    Topic(
        category="教育/教育收费/乱收费",
        unit="education",
        count=5,
        passed=1,
        sentences=(
            "反映{place}学校要求学生统一购买课后服务材料，每生{money}元，要求说明依据。",
            "反映{place}幼儿园提前收取一学期伙食费，中途转园不退，要求退还{money}元。",
        ),
        outcomes=("违规收取的费用已全部退还家长，学校负责人已被约谈。",),
    ),
    Topic(
        category="劳动和社会保障/城乡居民社会保险/城乡居民养老保险",
        unit="human_resources",
        count=9,
        passed=4,
        sentences=(
            "反映年满六十岁已{number}个月，{place}城乡居民养老金仍未发放，要求尽快核发。",
            "反映{place}早年代缴的养老保险费{money}元未记入个人账户，要求补记。",
            "反映在{place}重复参保，退费申请提交{number}个月无答复。",
        ),
        outcomes=("经核查参保记录，养老金已核发并补发拖欠月份。", "漏记缴费已补记，本人已确认账户金额。"),
    ),
    Topic(
        category="劳动和社会保障/劳动关系/拖欠农民工工资",
        unit="human_resources",
        count=7,
        passed=2,
        sentences=(
            "反映在{place}渠道改造工程务工，{number}名工人被拖欠工资共{money}元，要求支付。",
            "反映{place}安置楼工地包工头失联，{number}人两个月工资未结，要求总包单位先行垫付。",
        ),
        outcomes=("经劳动监察督促，总包单位从工资保证金中全额支付。", "工资已通过专户发放到每名工人。"),
    ),
    Topic(
        category="城乡建设/集体土地上房屋拆迁与补偿/安置补偿",
        unit="housing",
        count=10,
        passed=4,
        sentences=(
            "反映{place}房屋拆迁三年，安置房至今未交付，过渡费自去年起停发，要求补发{money}元。",
            "反映{place}拆迁时附属房屋未计入补偿面积，要求重新测量。",
            "反映{place}安置房入住后屋面渗漏，{number}户报修未处理。",
        ),
        outcomes=("停发的过渡费已补发，安置房交付时间已书面承诺。", "经复测，漏算面积已补偿到位。"),
    ),
    Topic(
        category="交通运输/建设管理/设施维护",
        unit="transport",
        count=6,
        passed=2,
        sentences=(
            "反映{place}通村公路塌陷{number}处，校车绕行，要求修复。",
            "反映{place}路口没有警示标志和照明，今年已发生{number}起事故，要求增设。",
            "反映{place}班车停运{number}个月，老人就医不便，要求恢复。",
        ),
        outcomes=("塌陷路段已修复通车。", "警示标志和路灯已安装，反映人现场查看表示认可。"),
    ),
    Topic(
        category="生态环境/环境污染与生态破坏/大气污染",
        unit="environment",
        count=8,
        passed=2,
        sentences=(
            "反映{place}石料厂夜间生产，粉尘落满庄稼和院落，{number}户要求停产整治。",
            "反映{place}养殖场粪污直排沟渠，夏季恶臭难忍，要求搬迁。",
            "反映{place}有人焚烧废旧电缆，每周{number}次以上，要求查处。",
        ),
        outcomes=("企业已停产整治，除尘设施验收合格后方可恢复生产。", "养殖场已建成粪污处理设施，沟渠已清理。"),
    ),
    Topic(
        category="政法/生效法律文书执行/其他",
        unit="court",
        count=12,
        passed=12,
        sentences=(
            "反映民事判决生效{number}个月，对方有履行能力而未执行到位，尚欠{money}元。",
            "反映在{place}的房屋买卖纠纷一审判决不公，要求监督。",
            "反映{place}交通事故赔偿案立案{number}个月未开庭，要求依法及时审理。",
        ),
        outcomes=(),
        purpose="申诉",
    ),
    Topic(
        category="政法/法律监督/审判监督",
        unit="procuratorate",
        count=3,
        passed=3,
        sentences=("不服生效判决，认为{place}土地界址证据未予采信，申请检察监督。",),
        outcomes=(),
        purpose="申诉",
    ),
    Topic(
        category="政法/交通管理/道路交通事故处理",
        unit="police",
        count=4,
        passed=2,
        sentences=(
            "反映{place}交通事故责任认定书{number}个月未出具，影响理赔。",
            "反映{place}路段重型货车超速夜行，要求加强执勤。",
        ),
        outcomes=("事故认定书已送达双方。", "已在该路段设卡执勤并安装测速设备。"),
    ),
    Topic(
        category="民政与应急/社会救助/农村低保",
        unit="civil_affairs",
        count=6,
        passed=1,
        sentences=(
            "反映家住{place}，本人患病、子女残疾，低保申请{number}个月未批，要求核查。",
            "反映{place}低保评议未公示，{number}户条件较好的家庭享受低保，要求复核。",
        ),
        outcomes=("经入户核查符合条件，已纳入农村低保。", "已重新评议并公示，不符合条件的已退出。"),
    ),
    Topic(
        category="农村农业/村务管理/村务公开",
        unit="township",
        count=5,
        passed=0,
        sentences=(
            "反映{place}村集体收入{money}元去向不明，三年未公开账目，要求公开。",
            "反映{place}村级公益岗位安排不公开，{number}名村民要求公布名单和标准。",
        ),
        outcomes=("镇政府已组织清账，账目在村务公开栏公布并由村民代表签字。",),
    ),
    Topic(
        category="纪检监察/干部作风/官僚主义",
        unit="supervision",
        count=3,
        passed=3,
        sentences=(
            "反映{place}村干部优亲厚友，将亲属列入危房改造名单。",
            "反映{place}站所工作人员对群众态度生硬，办事吃拿卡要。",
            "反映{place}村干部虚报造林面积{number}亩，套取补助{money}元。",
        ),
        outcomes=(),
        purpose="揭发控告",
        anonymous=3,
    ),
    Topic(
        category="农村农业/水利水电/规划设计",
        unit="congress",
        count=5,
        passed=0,
        sentences=(
            "建议{place}实行水价分档，节约用水的农户给予奖励。",
            "建议对《水法》在{place}的落实情况开展执法检查，重点检查计量设施。",
            "建议在{place}设立草原界线调解室，就地化解纠纷。",
        ),
        outcomes=("建议已转有关委员会研究，部分内容列入来年监督工作要点。",),
        purpose="意见建议",
    ),
    Topic(
        category="卫生健康/医政药政/医疗收费",
        unit="health",
        count=4,
        passed=1,
        sentences=(
            "反映在{place}卫生院住院{number}天，费用清单与实际用药不符，要求核查。",
            "反映{place}医院重复检查收费{money}元，要求退还。",
        ),
        outcomes=("经核查收费差错已退还，医院已向患者致歉。",),
    ),
)

DEPARTMENT = "县人大常委会信访办公室"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
    "沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔"
)
GIVEN_NAMES = (
    "秀英",
    "建国",
    "玉兰",
    "志强",
    "桂花",
    "永福",
    "春梅",
    "国栋",
    "淑珍",
    "海生",
    "文军",
    "小燕",
    "德旺",
    "彩霞",
    "占山",
    "生财",
    "月娥",
    "学文",
    "兴平",
    "翠莲",
)
