"""Words of the statutes."""

from huiyin.kernel.words import Word


class Level(Word):
    """效力级别: whose text it is, from the state's laws down to a province's own."""

    LAW = "law", "法律"
    ADMINISTRATIVE = "administrative", "行政法规"
    PARTY = "party", "党内法规"
    LOCAL = "local", "地方性法规"


class HeadingLevel(Word):
    """编、章、节: what divides a text above its articles."""

    PART = "part", "编"
    CHAPTER = "chapter", "章"
    SECTION = "section", "节"
