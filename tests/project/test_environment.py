"""The environment: one register, in which every name stands."""

import pytest

from huiyin.project import environment
from huiyin.project.environment import Name

LIST = Name("HUIYIN_OF_THIS_TEST", "what a test sets", "127.0.0.1,::1")


def test_every_name_that_is_defined_stands_in_the_register_once() -> None:
    defined = [value for value in vars(environment).values() if isinstance(value, Name)]
    assert sorted(name.name for name in environment.ALL) == sorted(name.name for name in defined)
    assert len({name.name for name in defined}) == len(defined)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (None, ("127.0.0.1", "::1")),
        ("10.0.0.7", ("10.0.0.7",)),
        ("10.0.0.7, 10.0.0.8 ::1", ("10.0.0.7", "10.0.0.8", "::1")),
        ("", ()),
    ],
)
def test_a_list_is_divided_by_commas_or_spaces(
    monkeypatch: pytest.MonkeyPatch, value: str | None, parts: tuple[str, ...]
) -> None:
    if value is not None:
        monkeypatch.setenv(LIST.name, value)
    assert LIST.read_list() == parts
