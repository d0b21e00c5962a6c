"""Matters: what the invented people of the living year write and come about, and what the units say to it.

``{p[0]}`` to ``{p[5]}`` are villages of the county's own file.
"""

from huiyin.county.assignment.states import Outcome
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.states import Addressee, Channel, Origin, Purpose
from huiyin.project.demo.acts import Matter
from huiyin.project.demo.unit_acts import Told

WATER = "农村农业/水利水电"
LAND = "农村农业/土地承包经营"

# 信访办公室案头
ENVELOPE = Matter(
    summary="",
    category="",
    name="郝全福",
    details=ReceiptDetails(addressed_to=Addressee.OFFICE, mail_number="XA73000000012"),
)
URGENT = Matter(
    summary="来电反映{p[1]}集中安置点房屋墙体开裂倾斜，三户老人仍住在内",
    category="",
    name="龙小芹",
    channel=Channel.PHONE,
    details=ReceiptDetails(caller_phone="13900000417"),
)
PAGE = Matter(
    summary="反映{p[5]}通村公路路灯半年不亮，学生晚自习后走夜路不安全",
    category="城乡建设/村镇建设",
    name="乔立春",
    phone="13900000426",
    place="{p[5]}",
    content="{p[5]}通村公路上的十二盏路灯从春天起就不亮了。村里的学生下了晚自习要走两公里夜路，家长很不放心。",
    claims=("尽快修复通村公路路灯", "明确路灯电费和维修由谁负担"),
    channel=Channel.WEB,
)
READ = Matter(
    summary="反映{p[2]}去年退耕还林补助少发两亩，多次询问没有结果",
    category="农村农业/惠农补贴",
    name="滕有田",
    phone="13900000431",
    place="{p[2]}",
    claims=("补发少计两亩的补助", "公开本村补助面积"),
    note="诉求清楚，附有补助卡复印件，拟按惠农补贴归类。",
)
CLASSIFIED = Matter(
    summary="反映{p[4]}二轮承包地块四至登记有误，与邻户发生争议",
    category=LAND,
    name="阎守田",
    phone="13900000438",
    place="{p[4]}",
    claims=("重新核实地块四至并更正登记",),
    unit="agriculture",
    tags=("land_dispute",),
    statute="land_contract_law",
)
GUIDED = Matter(
    summary="反映在外县务工期间的养老保险未转入，要求发放养老金",
    category="劳动和社会保障/城乡居民社会保险",
    name="车明礼",
    phone="13900000442",
    place="{p[0]}",
    claims=("办理养老保险关系转移",),
    note="参保地在外县，本县没有职权，拟引导告知。",
)
GUIDED_TO = "参保地社会保险经办机构"
GUIDED_HOW = "可持身份证向参保地社会保险经办机构申请转移；对不予转移的决定不服的，可依法申请行政复议。"
REPEAT = Matter(
    summary="再次反映{p[3]}支渠漏水，仍按渠首水量计收水费",
    category=WATER,
    name="包玉山",
    phone="13900000455",
    place="{p[3]}",
    claims=("尽快修复支渠", "按实际用水量计收水费"),
    tags=("irrigation_fee",),
    statute="water_law",
    note="与前件同一人同一事项，前件正在办理，拟并入。",
)
SEALED = Matter(
    summary="反映有关人员在农机补贴发放中收受好处",
    category="纪检监察/贪污贿赂",
    purpose=Purpose.ACCUSATION,
    note="属检举控告，由保密专人办理。",
)
NUMBER_ONLY = Matter(summary="", category="")

# 领导案头
PROPOSED = Matter(
    summary="二十三户村民代表集体来访，反映高标准农田施工损坏自留地和水渠，补偿迟迟没有兑现",
    category="自然资源/土地资源管理",
    name="罗满仓",
    phone="13900000463",
    place="{p[1]}",
    claims=("按协议兑现青苗和地力补偿", "恢复被损坏的田间水渠"),
    unit="agriculture",
    channel=Channel.WALK_IN,
    head_count=9,
    representatives=("罗满仓", "罗小峰", "毕翠莲"),
    tags=("land_dispute",),
    note="当面听取三名代表意见，诉求一致，现场秩序平稳。",
)
PUT = Matter(
    summary="上级转来：反映{p[4]}河道采砂影响堤防安全，要求查处并恢复河道",
    category=WATER,
    name="邬长河",
    phone="13900000478",
    place="{p[4]}",
    claims=("查处违规采砂", "修复受损堤防"),
    origin=Origin.SUPERIOR,
    demanded_ahead=12,
    details=ReceiptDetails(origin_name="市人大常委会信访室", origin_words="请按期反馈办理结果"),
    statute="water_law",
    note="上级转来，有反馈要求，拟送领导阅示后交办。",
)
INSTRUCTED = Matter(
    summary="反映{p[3]}小学门前排水沟没有盖板，雨后学生多次摔伤",
    category="教育/教育行政管理",
    name="覃秀云",
    phone="13900000481",
    place="{p[3]}",
    unit="education",
    claims=("尽快加装排水沟盖板", "雨季安排人员值守"),
    details=ReceiptDetails(addressed_to=Addressee.LEADER, recipient="县人大常委会领导"),
    note="涉及学生安全，拟送领导阅示。",
)
INSTRUCTION = "此事关系学生安全，请县教育局会同学校立即到现场查看，先设警示和临时盖板，再按期整改到位，结果报我。"
TO_CARRY_OUT = Matter(
    summary="反映镇上集市摊位费一年涨了两次，收费没有公示标准，不交就不让摆摊",
    category="市场监管/市场秩序",
    name="计兰芝",
    phone="13900000489",
    place="{p[4]}",
    claims=("公布摊位收费标准和依据", "退还无依据收取的费用"),
    unit="prices",
    tags=("arbitrary_charges",),
    note="近期同类反映较多，拟送领导阅示。",
)
TO_CARRY_OUT_WORDS = "请县发展和改革局会同属地乡镇查清收费依据，没有依据的一律停收并退还，结果向社会公布。"

# 承办单位
UNSIGNED = Matter(
    summary="反映{p[0]}机井水泵损坏两个月无人维修，冬灌受到影响",
    category=WATER,
    name="庞志远",
    phone="13900000492",
    place="{p[0]}",
    claims=("尽快修复机井水泵",),
    tags=("irrigation_fee",),
)
CANAL = Matter(
    summary="反映{p[3]}支渠漏水严重，十一户仍按渠首水量计收水费",
    category=WATER,
    name="包玉山",
    phone="13900000455",
    place="{p[3]}",
    claims=("修复支渠漏水段", "按实际用水量计收水费", "退还去年多收的水费"),
    tags=("irrigation_fee",),
    statute="water_law",
)
CANAL_PROGRESS = "已到现场查看支渠，确认三处漏水段；维修材料已经采购，水量正在逐户核对。"
CANAL_SUPPLEMENT = "补充说明：去年九月的水费收据找到了，一共两张，可以随时交来核对。"
NEAR = Matter(
    summary="反映{p[2]}冬灌轮次取消，已经预收的水费没有退还",
    category=WATER,
    name="冉启明",
    phone="13900000505",
    place="{p[2]}",
    claims=("退还预收的冬灌水费", "提前公布灌溉轮次"),
    tags=("irrigation_fee",),
    statute="water_law",
)
NEAR_DRAFT = Told(
    facts="经核实，本轮冬灌因渠道清淤取消，已预收水费尚未退还，涉及该村四十二户。",
    basis="县农业水价综合改革实施方案",
    measures="已造册退费，并在村务公开栏公布下一轮次时间。",
    answers=(
        (Outcome.SUPPORTED, "已按户造册，本周内全部退还。"),
        (Outcome.SUPPORTED, "以后每轮提前十日在村务公开栏公布。"),
    ),
)
DISPUTED = Matter(
    summary="反映{p[0]}进村桥护栏断裂，车辆通行危险，要求修复",
    category="交通运输/建设管理",
    name="尤建国",
    phone="13900000513",
    place="{p[0]}",
    claims=("修复进村桥护栏",),
)
OBJECTION = "该桥为村道桥梁，不在灌区工程管理范围内，按农村公路管理职责应由属地乡镇负责，附工程管理范围图。"
LONGER = Matter(
    summary="反映{p[1]}末级渠道没有计量设施，水费按亩平均分摊不合理",
    category=WATER,
    name="辛桂枝",
    phone="13900000527",
    place="{p[1]}",
    claims=("安装末级计量设施", "按实际用水量收费"),
    tags=("irrigation_fee",),
    statute="water_law",
)
OVERSEEN = Matter(
    summary="反映{p[2]}三年来水费收据金额与公示不符，要求查清差额去向",
    category=WATER,
    name="翟长顺",
    phone="13900000534",
    place="{p[2]}",
    claims=("查清水费差额去向", "退还多收部分"),
    tags=("irrigation_fee", "arbitrary_charges"),
    statute="water_law",
)
OVERSIGHT = "经催办仍未报结，也未说明正当理由。请在新的期限内查清差额去向，逐项答复诉求，并书面说明逾期原因。"

# 反馈之后
WEAK = Matter(
    summary="反映{p[5]}灌溉水费由村里代收，不开票据，去向不明",
    category=WATER,
    name="邢秋月",
    phone="13900000546",
    place="{p[5]}",
    claims=("公开水费收支账目", "今后收费一律开具票据", "退还重复收取的水费"),
    tags=("irrigation_fee", "arbitrary_charges"),
    statute="water_law",
)
WEAK_TOLD = Told(
    facts="该村去年水费由村民小组长代收，共收四十六户，账目由村会计保管，已经调取核对。",
    basis="县农业水价综合改革实施方案",
    measures="要求村委会公示账目，今后由水管站直接开票。",
    answers=(
        (Outcome.SUPPORTED, "账目已在村务公开栏公示。"),
        (Outcome.SUPPORTED, "自本季起由水管站直接开票。"),
        (Outcome.EXPLAINED, ""),
    ),
)
RETURNED = Matter(
    summary="反映{p[4]}提灌站电费和水费一并收取，标准不清",
    category=WATER,
    name="鲍金生",
    phone="13900000553",
    place="{p[4]}",
    claims=("公布电费水费各自标准", "退还多收部分"),
    tags=("irrigation_fee", "arbitrary_charges"),
    statute="water_law",
)
RETURNED_TOLD = Told(
    facts="提灌站收费由站上统一办理，标准多年未变，群众对此有误解。",
    basis="有关规定",
    answers=((Outcome.EXPLAINED, "已作解释。"), (Outcome.NOT_SUPPORTED, "不存在多收。")),
)
VERIFIED = Matter(
    summary="反映{p[2]}灌溉渠道边坡垮塌，淹没三户菜地",
    category=WATER,
    name="甘小梅",
    phone="13900000561",
    place="{p[2]}",
    claims=("修复垮塌边坡", "赔偿菜地损失"),
    statute="water_law",
)
VERIFIED_TOLD = Told(
    facts="经现场查看，渠道边坡因夏季暴雨垮塌二十六米，淹没甘小梅等三户菜地共一亩四分，情况属实。",
    basis="《水法》第三十一条",
    measures="已完成边坡浆砌加固，并由工程保险赔付菜地损失。",
    answers=(
        (Outcome.SUPPORTED, "边坡已于本月加固完工，村民代表到场验收。"),
        (Outcome.SUPPORTED, "三户损失共二千一百元，已经赔付到户。"),
    ),
)
REPLIED = Matter(
    summary="反映{p[0]}自来水每天只供两小时，要求恢复正常供水",
    category=WATER,
    name="董巧珍",
    phone="13900000574",
    place="{p[0]}",
    claims=("恢复全天供水", "停水前提前通知"),
    statute="water_law",
)
REPLIED_TOLD = Told(
    facts="经查，该村供水管网老化，主管爆裂后采取限时供水，时间长达四十天，没有提前通知用户，情况属实。",
    basis="农村供水工程运行管理办法",
    measures="更换主管一千二百米，恢复全天供水，建立停水通知制度。",
    answers=(
        (Outcome.SUPPORTED, "主管更换完成，已恢复全天供水。"),
        (Outcome.SUPPORTED, "今后停水提前一天在村广播和群里通知。"),
    ),
)
REPLIED_TEXT = "您反映的供水问题情况属实。县水务局已更换主管，恢复全天供水，今后停水提前一天通知。特此答复。"
SATISFIED = Matter(
    summary="反映{p[1]}水费缴纳后未开具票据，要求补开",
    category=WATER,
    name="强素芬",
    phone="13900000588",
    place="{p[1]}",
    claims=("补开水费票据",),
    tags=("irrigation_fee",),
    statute="water_law",
)
SATISFIED_TOLD = Told(
    facts="经核实，收费人员当时票据用完，事后没有补开，涉及该村六户，金额共计一千三百八十元，情况属实。",
    basis="财政票据管理办法",
    measures="六户票据全部补开，由收费人员上门送达并道歉。",
    answers=((Outcome.SUPPORTED, "票据已补开并上门送达。"),),
)
SATISFIED_TEXT = "您反映的水费票据问题情况属实，票据已经补开并上门送达。感谢您的监督，特此答复。"
DISSATISFIED = Matter(
    summary="反映{p[5]}打井占用菜地，补偿标准过低",
    category="自然资源/土地资源管理",
    name="祝有才",
    phone="13900000593",
    place="{p[5]}",
    unit="natural_resources",
    claims=("按规定标准重新核算补偿", "恢复施工损坏的田埂"),
)
DISSATISFIED_TOLD = Told(
    facts="经核实，打井占用祝有才菜地零点三亩，补偿按旱地标准计算，施工期间损坏田埂四十米，施工队已经撤场。",
    basis="县征地青苗补偿标准",
    measures="按规定标准核定补偿，督促施工队恢复田埂。",
    answers=(
        (Outcome.EXPLAINED, "补偿按当时公布的标准计算，已向本人说明。"),
        (Outcome.SUPPORTED, "已要求施工队恢复田埂。"),
    ),
)
DISSATISFIED_TEXT = "您反映的打井占地补偿问题，县自然资源局已按公布的标准核定，并要求施工队恢复田埂。特此答复。"
DISSATISFACTION = "菜地按旱地补偿不对，田埂到现在只修了一半，没有人来验收。"

# 接待日
RECEIVED = Matter(
    summary="来访反映{p[4]}排涝泵站停运，低洼田积水，要求尽快恢复",
    category=WATER,
    name="康广田",
    phone="13900000606",
    place="{p[4]}",
    claims=("尽快恢复泵站运行", "核定积水造成的损失"),
    channel=Channel.WALK_IN,
    statute="water_law",
    note="领导当面听取，要求县水务局限期恢复泵站运行。",
)
BOOKED = Matter(summary="想反映进村道路排水不畅", category="", name="单春生", phone="13900000617", head_count=2)
