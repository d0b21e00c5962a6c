"""Which laws a topic or an activity names, and how its papers cite them."""

from collections.abc import Sequence
from datetime import date

from huiyin.kernel.refusal import Refusal
from huiyin.platform.statutes import queries
from huiyin.platform.statutes.models import Statute


def check_statute(code: str) -> None:
    """Refuse a law that the catalogue does not have."""
    if code and not Statute.objects.filter(code=code).exists():
        raise Refusal("statute.unknown_code", f"没有代码为{code}的法律")


def articles_written(code: str, articles: Sequence[str], *, on: date) -> list[str]:
    """Return articles as papers write them; refuse a law that is not there, and an article that it has not."""
    if not code:
        return []
    return [one for one in queries.cited(code, "、".join(articles), on=on).split("、") if one]


def title_of(code: str) -> str:
    """Return a law's title, nothing for none."""
    return str(Statute.objects.filter(code=code).values_list("title", flat=True).first() or "") if code else ""


def cited(code: str, articles: Sequence[str]) -> str:
    """Return a law with the articles that are meant, as papers cite it; nothing for none."""
    title = title_of(code)
    return f"《{title.strip('《》')}》{'、'.join(articles)}" if title else ""
