"""Overlap: which articles share words with a text, how telling the shared words are, and which words those are.

A shared word is as long a run of characters as both have. Each of its pairs of characters counts by how few articles
have it (the logarithm of all articles over those with the pair), so 水费 says much and 规定 nothing. Plain values.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from huiyin.kernel.text import meaningful_pairs, normalise, pairs

READ_AT_MOST = 1000
# A pair that more than one article in ten has tells nothing; neither do the words of every petition and every law.
TELLING_SHARE = 10
EVERYDAY = (
    "反映 要求 请求 希望 我们 他们 村民 群众 有关 部门 政府 人民 规定 依法 进行 不得 应当 单位 "
    "个人 问题 处理 县级 国家 组织 情况 工作 管理 使用 没有 不能 可以 以上 以下 造成 解决 多次 "
    "一直 至今 现在 同意 负责 相关 法律 法规 监督 检查 多年 今年 去年 收到 不给 一个 之间 以后 "
    "以前 他人 本人 干部 领导 地方 行政 主管 责任"
)
# Signs that only join words: a pair with one of them is half of a word, or none.
JOINING = "的了是在和与或把被个这那也都又没不们就还很着过给向对从为其我你他她它"
NOT_TELLING = re.compile("|".join([rf"[\W_{JOINING}]+", *EVERYDAY.split()]))
WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Shared:
    """What one article shares with the text: how much that tells, and the words, the most telling first."""

    place: int
    weight: float
    words: tuple[str, ...]


def telling_pairs(text: str) -> set[str]:
    """Return the pairs of characters by which a text is compared: none of everyday words, none across them."""
    return {pair for piece in NOT_TELLING.split(normalise(text[:READ_AT_MOST])) for pair in pairs(piece)}


def most_telling(out_of: int) -> float:
    """Return how much a pair tells that only one article has."""
    return math.log(out_of + 1)


def shared_words(text: str, articles: Sequence[str], *, out_of: int) -> list[Shared]:
    """Return for each article that shares a telling word with the text what it shares, the most telling first.

    ``articles`` are the normalised texts of all that share any pair with it, ``out_of`` is how many there are at all.
    """
    wanted = telling_pairs(text)
    having = [wanted & meaningful_pairs(article) for article in articles]
    counted = Counter(pair for one in having for pair in one)
    most = max(1, out_of // TELLING_SHARE)
    weights = {pair: most_telling(out_of) - math.log(count) for pair, count in counted.items() if count <= most}
    plain = normalise(text[:READ_AT_MOST])
    found = []
    for place, (article, of_article) in enumerate(zip(articles, having, strict=True)):
        telling = {pair for pair in of_article if pair in weights}
        words = _runs(plain, article, of_article) if telling else []
        weighed = sorted(((sum(weights.get(pair, 0.0) for pair in pairs(word)), word) for word in words), reverse=True)
        kept = tuple(word for weight, word in weighed if weight > 0)
        if kept:
            found.append(Shared(place, sum(weights[pair] for pair in telling), kept[:WORDS_SHOWN]))
    return sorted(found, key=lambda one: (-one.weight, one.place))


def _runs(text: str, article: str, known: set[str]) -> list[str]:
    """Return the longest runs of neighbouring pairs of the text that stand in the article as they are."""
    marked = [(text[at : at + 2] in known, at) for at in range(len(text) - 1)]
    found = []
    for is_known, group in groupby(marked, key=lambda one: one[0]):
        places = [at for _, at in group]
        if is_known:
            run = text[places[0] : places[-1] + 2]
            found += [run] if run in article else [run[at : at + 2] for at in range(len(run) - 1)]
    return list(dict.fromkeys(found))
