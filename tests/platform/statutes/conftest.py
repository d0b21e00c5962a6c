"""Files of laws, and a catalogue that is put back as it was."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from pytest_django.plugin import DjangoDbBlocker

from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.statutes.models import Statute, StatuteVersion
from huiyin.platform.statutes.national import national_list
from huiyin.platform.statutes.seeding import seed_statutes

LAW = Path(__file__).with_name("invented_law.md")


@pytest.fixture
def law_text() -> str:
    """The invented law as a file of text."""
    return LAW.read_text(encoding="utf-8")


@pytest.fixture
def word_file() -> Callable[[list[str]], bytes]:
    """Make a .docx of these lines."""

    def made(lines: list[str]) -> bytes:
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    return made


@pytest.fixture
def catalogue(provisioned: object, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The operator's work is committed: put the catalogue back afterwards."""
    with django_db_blocker.unblock(), entered(PUBLIC):
        yield
        StatuteVersion.objects.using("owner").exclude(sha256="").delete()
        shipped = [one.code for one in national_list().statutes]
        added = Statute.objects.using("owner").exclude(code__in=shipped)
        StatuteVersion.objects.using("owner").filter(statute__in=added).delete()
        added.delete()
        seed_statutes()
