"""The paper: what three invented counties took in during two years, written down by class and quarter, and added up.

Every figure in this folder's tests was counted from these lines with pencil and paper. A class's matters are spread
over the quarter's months in turn (一月、二月、三月、一月……), so 14 matters are 5, 5 and 4.
"""

from typing import NamedTuple


class Line(NamedTuple):
    """One class of one county: matters of the first quarter of 2025, of 2026, and of the last quarter of 2026."""

    code: str
    path: str
    channel: str
    before: int
    now: int
    after: int = 0


WATER, LAND, GRASS, CHARGES = "0110", "0102", "0206", "0606"

# 青岚县：水费 14 比 6，土地承包 11 比 7，草原 9 比 5，乱收费 8 比 8；其余十四类分散，共 99 比 98。
# 合计 14+11+9+8+99 = 141，6+7+5+8+98 = 124；第四季度水费 5，其余 145，合计 150。
QINGLAN = (
    Line(WATER, "农村农业/水利水电", "letter", 6, 14, 5),
    Line(LAND, "农村农业/土地承包经营", "walk_in", 7, 11),
    Line(GRASS, "自然资源/草原管理", "phone", 5, 9),
    Line(CHARGES, "教育/教育收费", "web", 8, 8),
    Line("0103", "农村农业/农村宅基地", "letter", 7, 8, 11),
    Line("0202", "自然资源/土地征收", "letter", 7, 7, 11),
    Line("0303", "城乡建设/城市建设和管理", "letter", 7, 7, 11),
    Line("0307", "城乡建设/工程管理", "letter", 7, 7, 11),
    Line("0405", "劳动和社会保障/工资福利", "letter", 7, 7, 11),
    Line("0407", "劳动和社会保障/劳动保护", "letter", 7, 7, 10),
    Line("0506", "卫生健康/其他", "letter", 7, 7, 10),
    Line("0604", "教育/教师队伍和待遇", "letter", 7, 7, 10),
    Line("0704", "经济管理/财税", "letter", 7, 7, 10),
    Line("0804", "市场监管/市场秩序", "letter", 7, 7, 10),
    Line("0902", "交通运输/客货运输", "letter", 7, 7, 10),
    Line("1002", "民政与应急/社会救助", "letter", 7, 7, 10),
    Line("1401", "生态环境/环境污染与生态破坏", "letter", 7, 7, 10),
    Line("1608", "党务政务/政务服务", "letter", 7, 7, 10),
)
# 白芸县：2026年第一季度 6+4+2+5 = 17，上年 3+4+1+5 = 13。
BAIYUN = (
    Line(WATER, "农村农业/水利水电", "letter", 3, 6),
    Line(LAND, "农村农业/土地承包经营", "walk_in", 4, 4),
    Line(GRASS, "自然资源/草原管理", "letter", 1, 2),
    Line(CHARGES, "教育/教育收费", "letter", 5, 5),
)
# 临时县：2026年第一季度 7+1+3+2 = 13，上年 2+2+0+3 = 7。
LINSHI = (
    Line(WATER, "农村农业/水利水电", "letter", 2, 7),
    Line(LAND, "农村农业/土地承包经营", "letter", 2, 1),
    Line(GRASS, "自然资源/草原管理", "phone", 0, 3),
    Line(CHARGES, "教育/教育收费", "letter", 3, 2),
)
# 青岚县乱收费第一户一人写了九封：1月一封初次，3月八封重复。
LETTERS_OF_ONE_WRITER = 9
