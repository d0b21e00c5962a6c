"""Breakdowns: by what a number is divided when the province looks closer, and how the divisions are made coarser."""

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.kernel.words import Word
from huiyin.platform.categories.national import national_list

UNDIVIDED = ""
ALL = "all"


class ReportedPurpose(Word):
    """信访目的, as far as it stands beside a number; the county's register uses the same codes."""

    APPEAL = "appeal", "申诉"
    CLAIM = "claim", "求决"
    SUGGESTION = "suggestion", "意见建议"
    ACCUSATION = "accusation", "揭发控告"
    INQUIRY = "inquiry", "咨询"
    OTHER = "other", "其他"


class Kind(Word):
    """按什么分: the two tables that the province publishes of each period."""

    CATEGORY = "category", "按内容分类"
    PURPOSE = "purpose", "按信访目的"


@dataclass(frozen=True, slots=True)
class Division:
    """The columns of a table and the groups into which a coarser release puts them."""

    labels: Mapping[str, str]
    group_of: Mapping[str, str]
    group_labels: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the finest columns, in their order."""
        return tuple(self.labels)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groups, in their order."""
        return tuple(self.group_labels)


UNCLASSIFIED = "未归类"
CLASS_GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "g1": ("农村农业、自然资源、生态环境", frozenset({"01", "02", "14"})),
    "g2": ("城乡建设、交通运输", frozenset({"03", "09"})),
    "g3": ("劳动保障、民政、卫生、教育、文体", frozenset({"04", "05", "06", "10", "15"})),
    "g4": ("经济管理、市场监管、科技信息", frozenset({"07", "08", "13"})),
}
OTHER_CLASSES = ("g5", "政法、军队、党政、纪检监察、其他和未归类")
PURPOSE_GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "g1": ("申诉、求决", frozenset({"appeal", "claim"})),
    "g2": ("意见建议、咨询", frozenset({"suggestion", "inquiry"})),
}
OTHER_PURPOSES = ("g3", "揭发控告、其他和未归类")


def _division(
    labels: Mapping[str, str], groups: Mapping[str, tuple[str, frozenset[str]]], others: tuple[str, str]
) -> Division:
    found = {code: next((group for group, (_, of) in groups.items() if code in of), others[0]) for code in labels}
    return Division(
        labels=labels,
        group_of=found,
        group_labels={**{group: label for group, (label, _) in groups.items()}, others[0]: others[1]},
    )


DIVISIONS: Mapping[Kind, Division] = {
    Kind.CATEGORY: _division(
        {**{top.code: top.name for top in national_list().classes}, UNDIVIDED: UNCLASSIFIED},
        CLASS_GROUPS,
        OTHER_CLASSES,
    ),
    Kind.PURPOSE: _division(
        {**{purpose.value: purpose.label for purpose in ReportedPurpose}, UNDIVIDED: UNCLASSIFIED},
        PURPOSE_GROUPS,
        OTHER_PURPOSES,
    ),
}
