"""Letterhead: what every paper takes from the office and the petition: names, days, articles, redaction."""

import re
from datetime import date, datetime

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel, PetitionerKind
from huiyin.documents.sheets import Text
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.text import mask_id_number

IDENTITY_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")
CAME_BY = {
    Channel.LETTER: "来信",
    Channel.WALK_IN: "来访",
    Channel.PHONE: "来电",
    Channel.WEB: "网上信访",
}
R22_SINCE = date(2022, 5, 1)
HIDDEN = "×××"
OFFICE = "信访办公室"


def office() -> str:
    """Return the name under which the office writes."""
    return f"{tenant.current().name}{OFFICE}"


def day_of(moment: date | datetime) -> str:
    """Return the day of a moment in the office's own time, as letters print it."""
    return show_day(local_day(moment) if isinstance(moment, datetime) else moment)


def person_of(petition: Petition) -> str:
    """Return the petitioner's name, or what stands in its place."""
    return petition.petitioner.name or f"（{PetitionerKind(petition.petitioner.kind).label}）"


def called(petition: Petition) -> str:
    """Return how a letter addresses the petitioner."""
    return petition.petitioner.name or "信访人"


def came_by(petition: Petition) -> str:
    """Return how the petition came, as a sentence says it."""
    return CAME_BY[Channel(petition.channel)]


def claims_of(petition: Petition) -> tuple[str, ...]:
    """Return the demands in their order."""
    return tuple(petition.claims.order_by("position").values_list("text", flat=True))


def numbered(texts: tuple[str, ...]) -> str:
    """Return texts one under the other with their numbers; a single one stands alone."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{position}．{text}" for position, text in enumerate(texts, start=1))


def for_a_unit(text: str, petition: Petition) -> str:
    """Return a text as a unit may read it: without identity numbers and without anybody accused (DOMAIN §6)."""
    tidy = IDENTITY_NUMBER.sub(lambda found: mask_id_number(found[0]), text)
    for name in petition.accused.values_list("name", flat=True):
        tidy = tidy.replace(name, HIDDEN)
    return tidy


def secrecy_article(petition: Petition) -> str:
    """Return the article that keeps accusations from the accused, of the regulation in force on the day of receipt."""
    return "《信访工作条例》第三十条" if petition.received_on >= R22_SINCE else "《信访条例》第二十三条"


def secrecy_note(petition: Petition) -> str:
    """Return the note on secrecy that every letter to a unit bears."""
    return (
        "不得将信访人的检举、控告材料及有关情况透露或者转给被检举、控告的人员或者单位"
        f"（{secrecy_article(petition)}）；信访人的个人信息仅限办理本事项使用，不得泄露。"
    )


def contact_of(person: Staff) -> str:
    """Return whom the receiver may ask."""
    return f"联系人：{person.name}" + (f"；联系电话：{person.phone}" if person.phone else "")


def unit_line(unit: Unit) -> str:
    """Return a unit as the reader finds it."""
    return f"{unit.name}（{unit.phone}）" if unit.phone else unit.name


def sentence(text: str) -> str:
    """Return words as a sentence: with a full stop where whoever wrote them left it out."""
    tidy = text.strip()
    return tidy if not tidy or tidy[-1] in "。！？；：…" else f"{tidy}。"


def heading(text: str) -> Text:
    """Return a heading of the first level."""
    return Text(text, "heading")
