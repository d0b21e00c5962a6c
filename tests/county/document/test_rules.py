"""What may be written of which petition, under which name it is saved, and how its values are told apart."""

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.document import rules
from huiyin.county.document.states import OF_UNITS, OPEN_TO_UNITS, READERS, SERIES, DocumentKind, Reader
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.refusal import Refusal


class Person:
    def __init__(self, *roles: Role) -> None:
        self.role_set = frozenset(roles)


@pytest.mark.parametrize("confidentiality", [Confidentiality.SEALED, Confidentiality.NUMBER_ONLY])
@pytest.mark.parametrize("kind", sorted(set(DocumentKind) - {DocumentKind.SEALED_TRANSFER_LETTER}))
def test_of_a_sealed_item_nothing_but_the_transfer_is_written(
    kind: DocumentKind, confidentiality: Confidentiality
) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_secrecy(kind, confidentiality)
    assert refused.value.code == "document.sealed"
    assert not rules.may_be_written(kind, confidentiality)


@pytest.mark.parametrize("confidentiality", list(Confidentiality))
def test_a_sealed_transfer_is_written_of_any(confidentiality: Confidentiality) -> None:
    rules.check_secrecy(DocumentKind.SEALED_TRANSFER_LETTER, confidentiality)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_of_an_open_petition_anything_is_written(kind: DocumentKind) -> None:
    rules.check_secrecy(kind, Confidentiality.ORDINARY)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CLERK, True), (Role.HEAD, True), (Role.RESTRICTED, True), (Role.LEADER, False), (Role.MAIL_ROOM, False),
        (Role.AUDITOR, False), (Role.ADMINISTRATOR, False), (Role.UNIT_CLERK, False), (Role.UNIT_HEAD, False),
    ],
)  # fmt: skip
def test_who_writes_papers(role: Role, may: bool) -> None:
    assert rules.may_write(Person(role)) is may


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        (DocumentKind.ASSIGNMENT_LETTER, "青人交〔2026〕1号", "交办函青人交〔2026〕1号.pdf"),
        (DocumentKind.REGISTRATION_FORM, "", "信访登记表.pdf"),
        (DocumentKind.REPLY_LETTER, "../../etc/passwd\n", "答复函etcpasswd.pdf"),
    ],
)
def test_a_file_is_named_by_kind_and_number_alone(kind: DocumentKind, number: str, name: str) -> None:
    assert rules.file_name(kind, number, ending="pdf") == name


def test_the_hash_of_values_follows_what_they_say_and_not_their_order() -> None:
    assert rules.hash_of({"a": 1, "b": "水"}) == rules.hash_of({"b": "水", "a": 1})
    assert rules.hash_of({"a": 1}) != rules.hash_of({"a": 2})


@pytest.mark.parametrize(("reason", "is_void"), [("", False), ("错", False), ("写错了", True)])
def test_a_paper_is_voided_once_and_with_a_reason(reason: str, is_void: bool) -> None:
    with pytest.raises(Refusal):
        rules.check_void(reason, is_void=is_void)
    rules.check_void("文号用错", is_void=False)


def test_every_kind_has_its_reader() -> None:
    assert set(READERS) == set(DocumentKind)
    assert set(SERIES) < set(DocumentKind)
    assert {kind for kind in OPEN_TO_UNITS if READERS[kind] is not Reader.UNIT} == OF_UNITS
    assert not set(SERIES) & OF_UNITS
