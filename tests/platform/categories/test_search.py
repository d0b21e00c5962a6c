"""查找内容分类: by pinyin initials and by keywords."""

import pytest

from huiyin.county.office.models import Tag
from huiyin.county.registry.queries.classes import all_classes, classes_for
from huiyin.platform.categories.queries import search


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("slsd", "农村农业/水利水电"),
        ("SLSD", "农村农业/水利水电"),
        ("slsd 农", "农村农业/水利水电"),
        ("水利", "农村农业/水利水电"),
        ("草原", "自然资源/草原管理"),
        ("0206", "自然资源/草原管理"),
        ("ncny", "农村农业"),
        ("ncnyslsd", "农村农业/水利水电"),
        ("农村农业 草", None),
        ("没有这一类", None),
    ],
)
def test_letters_and_words_lead_to_a_class(county, text, first):
    found = search(text)
    assert (found[0].path if found else None) == first


def test_the_name_itself_comes_before_what_contains_it(county):
    paths = [one.path for one in search("其他")]
    assert paths[0] == "其他"
    assert len(paths) > 5


def test_without_text_every_class_is_listed(county):
    assert classes_for(" ") == all_classes()
    assert len(all_classes()) > 100


@pytest.mark.parametrize("text", ["农业水费", "nysf", "末级渠系"])
def test_the_offices_own_words_lead_to_the_class_behind_its_tag(county, text):
    Tag.objects.update_or_create(
        name="农业水费", defaults={"code": "water_fee_of_test", "category_code": "0110", "words": ["末级渠系"]}
    )
    assert classes_for(text)[0].path == "农村农业/水利水电"
