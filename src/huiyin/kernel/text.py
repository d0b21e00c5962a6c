"""Text: what search, repeat hints and screens do with Chinese text.

Search keeps ``grams`` of the normalised text in an array and asks it for ``query_grams``; every match is
then checked by LIKE on the normalised text, so a search finds exactly the substrings. The rule that makes
this sound: the query grams of any substring of a text are among the text's grams.
"""

import re
import unicodedata
from itertools import pairwise

BRACKETS = str.maketrans({**dict.fromkeys("〔【「『[{", "("), **dict.fromkeys("〕】」』]}", ")")})
WIDE = "⺀-鿿豈-﫿\U00020000-\U0003ffff"
GAP_IN_CHINESE = re.compile(rf"(?<=[{WIDE}]) (?=[{WIDE}])")
RUN = re.compile(r"[0-9a-z]+")
NO_MEANING = re.compile(r"[\W_]+")
TRIPLE = 3
ID_HEAD, ID_TAIL = 3, 4
PHONE_HEAD, PHONE_TAIL, PHONE_SHORT_TAIL, PHONE_SHORTEST = 3, 4, 2, 9
ADDRESS_HEAD = 6
MASK = "*"


def normalise(text: str) -> str:
    """Return the text as search keeps it: NFKC, folded case, one kind of bracket, single spaces.

    Spaces between two Chinese characters are dropped, so 张　三 is found as 张三. Control characters,
    which a database column refuses, count as spaces.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(BRACKETS)
    printable = folded
    if not folded.isprintable():  # asked once for the whole text: looking at every mark is what costs
        printable = "".join(" " if unicodedata.category(mark) in {"Cc", "Cs"} else mark for mark in folded)
    return GAP_IN_CHINESE.sub("", " ".join(printable.split()))


def grams(text: str) -> list[str]:
    """Return what search keeps of a text: characters, pairs, and triples inside Latin words and numbers."""
    found: set[str] = set()
    for word in normalise(text).split(" "):
        found.update(word)
        found.update(pairs(word))
        found.update(triple for run in RUN.findall(word) for triple in triples(run))
    return sorted(found)


def query_grams(text: str) -> list[str]:
    """Return what a text must have kept to contain this one: as few and as telling grams as possible."""
    return grams_of_term(normalise(text))


def grams_of_term(term: str) -> list[str]:
    """Return the query grams of a term that is normalised already, as ``terms`` gives it."""
    found: set[str] = set()
    for word in term.split(" "):
        telling = {triple for run in RUN.findall(word) for triple in triples(run)}
        found.update(telling)
        found.update(pair for pair in pairs(word) if not any(pair in triple for triple in telling))
        if len(word) == 1:
            found.add(word)
    return sorted(found)


def terms(query: str) -> list[str]:
    """Return the parts of a query that each must be found, in the order written: 张三 水费 are two."""
    return list(dict.fromkeys(term for part in query.split() if (term := normalise(part))))


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1: shared pairs of characters over all of theirs (Dice)."""
    left, right = meaningful_pairs(one), meaningful_pairs(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def meaningful_pairs(text: str) -> set[str]:
    """Return the pairs of characters of a text without spaces and punctuation."""
    bare = NO_MEANING.sub("", normalise(text))
    return pairs(bare) if len(bare) > 1 else set(bare)


def pairs(word: str) -> set[str]:
    """Return the neighbouring pairs of characters."""
    return {first + second for first, second in pairwise(word)}


def triples(run: str) -> list[str]:
    """Return the neighbouring triples of characters."""
    return [run[start : start + TRIPLE] for start in range(len(run) - TRIPLE + 1)]


def mask_id_number(text: str) -> str:
    """Return an identity number as screens show it: the province and the last four, never the birthday."""
    return masked(text, head=ID_HEAD, tail=ID_TAIL)


def mask_phone(text: str) -> str:
    """Return a phone number as screens show it: 138****5678; of a short one only the last two digits."""
    if len(text) < PHONE_SHORTEST:
        return masked(text, head=0, tail=PHONE_SHORT_TAIL)
    return masked(text, head=PHONE_HEAD, tail=PHONE_TAIL)


def mask_address(text: str) -> str:
    """Return an address as screens show it: where it is, not which door."""
    return masked(text, head=min(ADDRESS_HEAD, len(text) // 2), tail=0)


def masked(text: str, *, head: int, tail: int) -> str:
    """Return the text with all but its head and tail hidden; one that would hide nothing is hidden whole."""
    hidden = len(text) - head - tail
    if hidden <= 0:
        return MASK * len(text)
    return text[:head] + MASK * hidden + text[len(text) - tail :]
