"""Writers of links to laws: 关联, 解除关联."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.models import Tag
from huiyin.county.office.statute_models import StatuteLink
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.platform.categories.queries import path_of_code
from huiyin.platform.statutes.queries import cited, statute_titles


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """关联 as it is written down: from a tag or from a class, to a law."""

    statute_code: str
    tag_code: str = ""
    category_code: str = ""
    article: str = ""
    note: str = ""


@transaction.atomic
def link(*, entry: LinkEntry, by: Staff, at: datetime) -> StatuteLink:
    """关联法律: petitions of this tag or class are offered the law from now on; nobody's petition is changed."""
    rules.check_may_link_statutes(by)
    rules.check_link_start(tag_code=entry.tag_code, category_code=entry.category_code)
    tag = _tag(entry.tag_code)
    start = tag.name if tag else path_of_code(entry.category_code)
    if not entry.statute_code:
        raise Refusal("statute_link.no_statute", "请选择法律")
    article = cited(entry.statute_code, entry.article, on=local_day(at))
    values: dict[str, object] = {
        "tag_id": tag.pk if tag else None,
        "category_code": entry.category_code,
        "statute_code": entry.statute_code,
        "article": article,
        "note": entry.note.strip(),
    }
    title = statute_titles()[entry.statute_code]
    if StatuteLink.objects.standing().filter(
        tag=tag, category_code=entry.category_code, statute_code=entry.statute_code
    ):
        raise Refusal("statute_link.known", f"“{start}”已经关联《{title}》；要改条款，先解除再关联")
    made = StatuteLink.objects.create(**values, linked_at=at, linked_by=by)
    journal.record(
        "statute.linked", subject=made, by=by, at=at, start=start, title=title, article=article, fields=values
    )
    return made


@transaction.atomic
def unlink(*, link_id: int, by: Staff, at: datetime) -> StatuteLink:
    """解除关联: the law is not offered any more on this ground; what was classified stays as it is."""
    rules.check_may_link_statutes(by)
    found = StatuteLink.objects.select_for_update(of=("self",)).select_related("tag").filter(pk=link_id).first()
    if found is None:
        raise Refusal("statute_link.unknown", "没有这项关联")
    if found.unlinked_at is not None:
        raise Refusal("statute_link.gone", "这项关联已经解除")
    found.unlinked_at, found.unlinked_by = at, by
    found.save(update_fields=["unlinked_at", "unlinked_by"])
    journal.record(
        "statute.unlinked",
        subject=found,
        by=by,
        at=at,
        start=found.tag.name if found.tag else found.category_code,
        title=statute_titles().get(found.statute_code, found.statute_code),
        fields={"unlinked_at": at, "unlinked_by_id": by.pk},
    )
    return found


def _tag(code: str) -> Tag | None:
    if not code:
        return None
    tag = Tag.objects.filter(code=code, is_active=True).first()
    if tag is None:
        raise Refusal("statute_link.no_tag", "没有这个标签，或已停用")
    return tag
