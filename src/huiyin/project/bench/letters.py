"""Invented letters for measurements: many matters of one county, and some of them written a second time in other words.

A matter is a person, a village, a thing, what is wrong with it and what is asked for: 40 things × 16 troubles × 10
demands × 240 villages, so that most pairs of characters are shared by many letters, as in a real county, and few
letters are alike. A letter written again keeps the village and the thing; trouble and demand are reworded from a list,
the order of the sentences changes in every third, and the writer is the same by phone in half of them, by name alone
in a quarter, somebody else in a quarter. It is invented: no real letter was read for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

THINGS = (
    "农业水费", "机井电费", "末级渠道", "滴灌设施", "承包地", "机动地", "草场围栏", "宅基地", "危房改造", "通村道路",
    "路灯", "垃圾清运", "供暖", "自来水", "天然气入户", "物业费", "拆迁补偿款", "征地补偿", "低保", "养老保险",
    "医保报销", "残疾证", "拖欠工资", "工伤认定", "学校食堂", "校车", "学区划分", "村务公开", "集体资金", "合作社分红",
    "种子质量", "化肥价格", "养殖场污水", "采石场扬尘", "河道采砂", "林木采伐", "广场噪声", "停车收费", "房产证",
    "电动车上牌",
)  # fmt: skip
TROUBLES = (
    ("收费标准不公开", "收多少从来不公布标准"),
    ("重复收取两次", "同一笔钱收了两回"),
    ("多年无人管理", "好几年没有人管"),
    ("去年损坏至今未修", "坏了一年多还没修好"),
    ("面积登记有误", "登记的数目跟实际对不上"),
    ("被邻居强行占用", "让隔壁占去不还"),
    ("迟迟没有发放", "拖到现在没发到手"),
    ("审批材料反复退回", "跑了几趟都说手续不全"),
    ("质量差影响使用", "东西不好没法用"),
    ("负责人推诿不办", "找谁都说不归他管"),
    ("账目不清", "钱花到哪里说不明白"),
    ("未经村民会议同意", "没开会就定了"),
    ("影响周围几十户生活", "附近几十户没法过日子"),
    ("承诺没有兑现", "答应的事没办"),
    ("工作人员态度粗暴", "办事的人说话难听"),
    ("与政策规定不符", "跟文件上写的不一样"),
)
DEMANDS = (
    ("要求退还多收部分", "请把多收的钱退回来"),
    ("要求尽快修复", "希望早日修好"),
    ("要求公开账目", "请把账公布出来"),
    ("要求重新丈量登记", "请派人再量一次改过来"),
    ("要求恢复原状", "请责令退出来"),
    ("要求按规定补发", "请照政策补给我们"),
    ("要求书面答复", "盼给个回音"),
    ("要求派人现场查看", "请领导来看一看"),
    ("要求追究责任", "请查一查是谁的责任"),
    ("要求说明依据", "请讲清楚凭什么"),
)
TOWNSHIPS = (
    "松林镇", "柳溪镇", "石桥乡", "青泉乡", "大河镇", "红柳乡", "西岭镇", "东坪乡", "南川镇", "北滩乡",
    "白杨镇", "甘泉乡",
)  # fmt: skip
VILLAGES = tuple(f"{one}{two}村" for one in ("上", "下", "东", "西") for two in ("湾", "松", "沟", "坪", "庄"))
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁"
    "于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江"
)
GIVEN = "长根得水满仓桂兰有禾大山永清文斌秀芳一平建国玉梅春花德福海生金凤志强丽华"
PHONE_FIRST = 13_900_000_000
SHORTER = 0.5


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: who writes from where, and what; ``matter`` tells which letters are of one matter."""

    matter: int
    name: str
    phone: str
    place: str
    thing: int
    trouble: int
    demand: int
    detail: str
    again: bool = False
    turned: bool = False

    @property
    def summary(self) -> str:
        """Return the letter in one sentence."""
        trouble, demand = TROUBLES[self.trouble][self.again], DEMANDS[self.demand][self.again]
        parts = [f"{self.place}{THINGS[self.thing]}{trouble}", f"{self.detail}", demand]
        if self.turned:
            parts = [demand, parts[0], self.detail]
        return f"{'' if self.again else '反映'}{'，'.join(part for part in parts if part)}。"


def letters(count: int, *, dice: Random) -> Iterator[Letter]:
    """Yield this many letters, each of a matter of its own."""
    for matter in range(count):
        yield Letter(
            matter=matter,
            name=dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2)),
            phone=str(PHONE_FIRST + dice.randrange(90_000_000)),
            place=dice.choice(TOWNSHIPS) + dice.choice(VILLAGES),
            thing=dice.randrange(len(THINGS)),
            trouble=dice.randrange(len(TROUBLES)),
            demand=dice.randrange(len(DEMANDS)),
            detail=_detail(dice),
        )


def written_again(first: Letter, *, dice: Random) -> Letter:
    """Return a second letter on the same matter: other words, and in some of them another writer."""
    who = dice.random()
    same_phone, same_name = who < SHORTER, who < 0.75  # noqa: PLR2004  # as the docstring of the module says
    return replace(
        first,
        name=first.name if same_name else dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2)),
        phone=first.phone if same_phone else "",
        place=first.place if dice.random() < SHORTER else first.place[-3:],
        detail=first.detail if dice.random() < SHORTER else _detail(dice),
        again=True,
        turned=dice.randrange(3) == 0,
    )


def _detail(dice: Random) -> str:
    return dice.choice(
        (
            "", f"涉及{dice.randrange(2, 90)}户", f"金额{dice.randrange(3, 400) * 50}元",
            f"从{dice.randrange(2015, 2026)}年开始", f"已找过村委会{dice.randrange(2, 9)}次",
        )
    )  # fmt: skip
