"""The shipped classes: the first two levels, each with its code and initials."""

import pytest

from huiyin.platform.categories.national import initials, national_codes, national_list, shipped_entries


def test_the_list_has_nineteen_classes_and_no_name_twice_below_one():
    assert len(national_list().classes) == 19
    assert all(len(set(top.children)) == len(top.children) for top in national_list().classes)
    assert len(national_codes()) == len(shipped_entries())


@pytest.mark.parametrize(
    ("code", "name", "first_letters"),
    [("01", "农村农业", "ncny"), ("0110", "水利水电", "slsd"), ("0206", "草原管理", "cygl"), ("19", "其他", "qt")],
)
def test_a_class_has_its_code_for_ever(code, name, first_letters):
    entry = next(entry for entry in shipped_entries() if entry.code == code)
    assert (entry.name, entry.initials) == (name, first_letters)


def test_letters_and_digits_in_a_name_stay():
    assert initials("“五保”（A类）") == "wbal"
