"""分类建议: learned from this office's own decisions, with a certainty that is no more than it was right."""

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.class_model import FEWEST, train
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries import class_suggestion
from huiyin.county.registry.queries.class_suggestion import suggest
from huiyin.county.registry.states import Confidentiality

WATER = "反映{}组农业水费多收，要求退还"
LAND = "要求更正{}组承包地面积，重新确权"


def decisions(count: int) -> list[tuple[str, str]]:
    """Half of them water fees, half of them land."""
    return [("0110", WATER.format(number)) if number % 2 else ("0102", LAND.format(number)) for number in range(count)]


@pytest.mark.parametrize(("count", "is_enough"), [(0, False), (FEWEST - 1, False), (FEWEST, True)])
def test_below_twenty_decisions_nothing_is_suggested(count, is_enough):
    model = train(decisions(count))
    assert model.is_enough is is_enough
    assert (model.suggest("农业水费太高") is not None) is is_enough


@pytest.mark.parametrize(
    ("text", "code"), [("农业水费收得太多", "0110"), ("承包地面积量错了", "0102"), ("完全无关之词", None), ("", None)]
)
def test_the_class_whose_words_a_text_has_is_suggested(text, code):
    guess = train(decisions(40)).suggest(text)
    assert (guess.code if guess else None) == code


def test_the_certainty_is_no_more_than_the_share_that_was_right():
    mixed = [(code if number % 5 else "0103", text) for number, (code, text) in enumerate(decisions(100))]
    model = train(mixed)
    assert (model.checked, model.right < model.checked) == (100, True)
    mean = sum(guess.certainty for _, text in mixed if (guess := model.suggest(text))) / len(mixed)
    assert abs(mean - model.right / model.checked) < 0.12


def test_what_is_checked_is_left_out_of_what_it_is_checked_by():
    alone = [*decisions(20), ("0206", "牧民草原围栏被拆除")]
    model = train(alone)
    assert (model.checked, model.right) == (21, 20)


@pytest.fixture(autouse=True)
def nothing_learned():
    """No test learns from another one's decisions."""
    class_suggestion._models.clear()


def test_a_suggestion_names_how_many_decisions_it_rests_on(registered, classified):
    assert suggest("农业水费").words == "样本不足：本办只有0件已归类，满20件才给出建议"
    for number in range(FEWEST):
        is_water = number % 2
        classified(
            registered(summary=(WATER if is_water else LAND).format(number)),
            category_code="0110" if is_water else "0102",
            category_path="农村农业/水利水电" if is_water else "农村农业/土地承包经营",
        )
    found = suggest("农业水费多收，请求退还")
    assert (found.code, found.path, found.learned_from) == ("0110", "农村农业/水利水电", FEWEST)
    assert f"依据本办{FEWEST}件" in found.words
    assert f"把握{found.percent}%" in found.words


def test_it_learns_anew_when_the_journal_tells_of_another_decision(registered, classified, people):
    first = classified(registered())
    assert class_suggestion.learned() is class_suggestion.learned()
    before = class_suggestion.learned().learned_from
    classified(registered())
    assert class_suggestion.learned().learned_from == before + 1
    petitions.void(petition_id=first.pk, reason="错登", approver=people.head, by=people.clerk, at=first.registered_at)
    assert class_suggestion.learned().learned_from == before


def test_nothing_is_learned_from_what_is_sealed_and_nothing_is_decided_by_a_suggestion(registered, classified, people):
    classified(registered(by=people.restricted, confidentiality=Confidentiality.SEALED), by=people.restricted)
    waiting = registered(summary=WATER)
    told = Entry.objects.count()
    assert class_suggestion.learned().learned_from == 0
    suggest(waiting.summary)
    assert (Entry.objects.count(), Petition.objects.get(pk=waiting.pk).category_code) == (told, "")
