"""Role × surface: what of each kind of petition comes to whose eyes, on every route of a county (DOMAIN §6).

The tables below are reviewed by hand and know nothing of the code's own policy. Every GET route of the pages and of the
API is walked with the ids of everything there is; a route that stands in no table fails.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path

from huiyin.county.registry.models import Petition
from huiyin.project import urls_county

from .surfaces import Shown, by_api, filled, pages, routes, text_of, walked

# F 全部 · U 承办单位所见 · R 收件登记簿上的姓名、备注和编号 · N 只有编号 · - 什么也没有
TABLE = """
kind              clerk head leader group_head restricted mail_room auditor administrator unit_clerk other_unit_clerk
ordinary          F     F    F      F          F          R         F       -             U          -
mixed_claim       F     F    F      F          F          N         F       -             U          -
mixed_accusation  N     N    N      N          F          N         N       -             -          -
sealed            N     N    N      N          F          N         N       -             -          -
sealed_for_leader N     N    F      N          F          N         N       -             -          -
sealed_on_head    N     -    N      N          F          N         N       -             -          -
sealed_on_unit    N     N    N      N          F          N         N       -             -          -
number_only       N     -    N      N          N          N         N       -             -          -
recused           -     F    -      F          F          R         F       -             U          -
archived          F     F    F      F          F          R         F       -             U          -
void              F     F    F      F          F          R         F       -             -          -
unsealed          F     F    F      F          F          R         F       -             -          U
"""
SAME_AS = {"unit_head": "unit_clerk"}
SEES_NOTHING = ("subordinate_clerk", "superior_clerk", "stranger", "nobody")
OPEN_TO_UNITS = frozenset({"number", "name", "summary", "claim", "place", "shared_file"})
OF_THE_OFFICE = OPEN_TO_UNITS | {
    "content", "note", "receipt_note", "file", "scan", "accused", "instruction", "void_reason"
}  # fmt: skip
MAY_SEE = {
    "F": OF_THE_OFFICE,
    "U": OPEN_TO_UNITS,
    "R": frozenset({"number", "name", "receipt_note"}),
    "N": frozenset({"number"}),
    "-": frozenset(),
}
HAS_TO_SEE = {
    "F": frozenset({"number", "name", "summary", "content", "claim", "file", "scan"}),
    "U": frozenset({"number", "name", "summary", "claim"}),
    "R": frozenset({"number", "name"}),
    "N": frozenset({"number"}),
    "-": frozenset(),
}
# The scan of a letter that was split belongs to its accusation, and its writer is told with the claim.
NOT_OF = {"mixed_claim": frozenset({"file", "scan"}), "mixed_accusation": frozenset({"name"})}
PERSONAL = frozenset({"phone", "identity", "address"})
# What a unit reads of a mixed letter is the excerpt, which is all that is left of its content.
EXCERPT = {("U", "mixed_claim"): frozenset({"content"})}
# Masked on every screen; whole in the papers and, with a reason that is recorded, on request.
WHOLE_IN = {
    "F": {"document_word": PERSONAL, "api document_word": PERSONAL, "reveal": PERSONAL},
    "U": dict.fromkeys(("document_word", "api document_word", "reveal"), frozenset({"phone", "address"})),
}

SHOWING = frozenset({
    "today", "petitions", "petitions_export", "petition", "petition_file", "attachment", "receipts", "register",
    "urgent", "envelope", "number_only", "documents", "document_pdf", "document_word", "board", "oversight",
    "assignments", "assignment", "assignment_sign", "assignment_report", "promises", "promise_missing", "imports",
    "import_run", "instructions", "instruction", "leaders", "receptions", "reception_day", "reception",
    "reception_record", "own_supplement", "notifications", "status", "calendar",
    "staff_account", "own_petition", "own_paper", "analysis", "analysis_breakdown",
    "topic_proposal", "topic_proposal_rewrite", "activity", "finding", "hotspots", "hotspot_line", "recommendation",
    "recommendation_new", "unit_score", "receipt_day", "topic_petitions", "period",
})  # fmt: skip
SHOWING_NOTHING = frozenset({
    "sign_in", "activate", "portal", "portal_receptions", "booking_new", "booking_give_back", "help", "help_on",
    "calendar_rules", "import_mapping", "receipt_new", "mail_room", "category_options", "own_account",
    "own_password", "staff", "staff_new", "staff_change", "leading_group", "leading_group_new",
    "leading_group_end", "units", "unit_new", "unit", "unit_change", "contact", "portal_questions", "web_petition",
    "trainings", "training_new",
    "training_correct", "hearings", "hearing_new", "hearing_correct", "regulations", "regulation_new", "regulation",
    "regulation_correct", "regulation_file", "reception_day_new", "reception_day_change", "booking_cancel",
    "reception_day_cancel", "statutes", "statute", "statute_links", "statute_link_new",
    "statute_suggestions", "supervision", "topic_proposals", "topic_proposal_new", "directors_meetings",
    "directors_meeting_new", "directors_meeting", "directors_meeting_correct", "supervision_plans",
    "supervision_plan_new", "supervision_plan", "plan_item_new", "plan_item_change", "activities", "activity_new",
    "activity_change", "portal_plan", "finding_new", "finding_change", "inspection_report_new", "inspection_report",
    "recommendations", "unit_scores", "recommendation_send_back", "recommendation_make",
    "recommendation_answer",
    "opinion_new", "opinions", "opinion", "opinion_change", "effects", "effect", "topic_story", "portal_opinions",
    "portal_opinion",
    "periods", "period_give_up", "reports", "report", "priority_new",
})  # fmt: skip
SHOWING_BY_API = frozenset({
    "/receipts/{receipt_id}/draft", "/petitions/export.xlsx", "/petitions/", "/petitions/{petition_id}",
    "/petitions/{petition_id}/file.pdf", "/petitions/{petition_id}/reopenings",
    "/petitions/{petition_id}/class-suggestion", "/assignments/", "/instructions/",
    "/instructions/{instruction_id}", "/receptions/days/{day_id}/bookings", "/receptions/days/{day_id}/queue",
    "/receptions/{reception_id}/brief", "/receptions/came-of", "/oversight/board", "/oversight/suggestions",
    "/oversight/", "/documents/", "/documents/{document_id}.pdf", "/documents/{document_id}.docx", "/imports/",
    "/imports/{run_id}", "/imports/{run_id}/rows", "/notifications/", "/promises/",
    "/analysis/indicators", "/analysis/indicators/{code}", "/supervision/proposals/{topic_id}",
    "/activities/{activity_id}", "/hotspots/", "/hotspots/line", "/recommendations/{recommendation_id}",
    "/unit-scores/{unit_code}",
    "/objections/", "/extensions/", "/assignments/{assignment_id}/checks", "/receipts/{receipt_id}/submission",
    "/periods/{key}",
})  # fmt: skip
SHOWING_NOTHING_BY_API = frozenset({
    "/categories/", "/receptions/days", "/staff/", "/account/", "/account/tokens", "/units/",
    "/office/leading-group", "/office/trainings", "/office/hearings", "/office/regulations",
    "/office/regulations/{regulation_id}", "/office/contact", "/statutes/", "/statutes/search", "/statutes/links",
    "/statutes/{statute_code}", "/statutes/{statute_code}/articles/{article_number}",
    "/petitions/{petition_id}/statute-suggestions", "/supervision/waiting", "/supervision/proposals",
    "/hotspots/rule", "/recommendations/", "/unit-scores/",
    "/findings/", "/inspection-reports/", "/opinions/", "/opinions/{opinion_id}", "/effects/",
    "/supervision/meetings", "/supervision/plans", "/supervision/plans/{plan_id}", "/activities/",
    "/periods/", "/reports/{key}", "/reports/{key}/priorities",
})  # fmt: skip


def parsed(table: str) -> dict[str, dict[str, str]]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    rows = {line[0]: dict(zip(head[1:], line[1:], strict=True)) for line in lines}
    for levels in rows.values():
        levels.update({name: levels[like] for name, like in SAME_AS.items()})
        levels.update(dict.fromkeys(SEES_NOTHING, "-"))
    return rows


LEVELS = parsed(TABLE)
READERS = tuple(next(iter(LEVELS.values())))


def seen(shown: Iterator[Shown], story: Any) -> dict[str, dict[str, set[str]]]:
    """Return, by kind and field, the surfaces on which its words stood."""
    found: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in LEVELS}
    words = {
        (kind, what): story.word(kind, what) for kind in LEVELS for what in (OF_THE_OFFICE | PERSONAL) - {"number"}
    }
    words |= {(kind, "number"): story.number(kind) for kind in LEVELS}
    for surface, text in shown:
        for (kind, what), word in words.items():
            if word in text:
                found[kind][what].add(surface)
    return found


def faults(found: dict[str, dict[str, set[str]]], by: str) -> list[str]:
    """Return in words where a reader saw too much, and what they should have seen and did not."""
    told = []
    for kind, fields in found.items():
        level = LEVELS[kind][by]
        for what, surfaces in sorted(fields.items()):
            known = {one for one in surfaces if what in WHOLE_IN.get(level, {}).get(one, ())}
            if what not in MAY_SEE[level] | EXCERPT.get((level, kind), frozenset()):
                told += [f"{by} sees {what} of {kind} on {surface}" for surface in sorted(surfaces - known)]
        wanted = HAS_TO_SEE[level] - NOT_OF.get(kind, frozenset())
        told += [f"{by} does not see {what} of {kind}" for what in sorted(wanted - set(fields))]
    return told


@pytest.mark.timeout(900)
@pytest.mark.parametrize("names", [READERS[:4], READERS[4:8], READERS[8:]], ids=["desk", "office", "outside"])
def test_each_reader_sees_of_each_kind_what_the_table_says(names: tuple[str, ...], story: Any, reader: Any) -> None:
    told = []
    for name in names:
        hidden = [kind for kind, levels in LEVELS.items() if levels[name] != "F" and name != "restricted"]
        told += faults(seen(walked(reader(name), story, hidden=hidden), story), name)
    assert not told, "\n".join(told)


def is_readable(by: Any, address: str) -> bool:
    """Whether a page answers a GET at all, with whatever it answers this reader."""
    response = by.get(address)
    return bool(text_of(response)) and response.status_code not in {403, 405}


def test_every_page_that_can_be_read_stands_in_one_of_the_two_reviewed_lists(story: Any, reader: Any) -> None:
    assert story.petitions
    readers = [reader(name) for name in ("clerk", "restricted", "administrator", "unit_head", "leader")]
    readable = {
        str(pattern.name) for route, pattern in routes() if any(is_readable(by, next(filled(route))) for by in readers)
    }
    assert not SHOWING & SHOWING_NOTHING
    assert readable == SHOWING | SHOWING_NOTHING, "review the route: may it show a petition?"


def test_every_route_of_the_api_that_can_be_read_stands_in_one_of_the_two_reviewed_lists() -> None:
    assert not SHOWING_BY_API & SHOWING_NOTHING_BY_API
    assert set(by_api()) == SHOWING_BY_API | SHOWING_NOTHING_BY_API, "review the route: may it show a petition?"


def test_a_paper_opens_as_pdf_and_in_the_file_for_whom_it_opens_as_word(story: Any, reader: Any) -> None:
    papers = filled("/documents/<int:document_id>")
    opened = set()
    for paper in papers:
        for name in ("clerk", "restricted", "unit_clerk", "other_unit_clerk"):
            by = reader(name)
            statuses = {by.get(f"{paper}.{ending}").status_code for ending in ("pdf", "docx")}
            statuses |= {by.call(f"/api{paper}.{ending}").status_code for ending in ("pdf", "docx")}
            assert len(statuses) == 1, (name, paper, statuses)
            opened |= {name} if statuses == {200} else set()
    assert opened == {"clerk", "restricted", "unit_clerk", "other_unit_clerk"}
    for kind, petition in story.petitions.items():
        status = reader("clerk").get(f"/petitions/{petition.pk}/file.pdf").status_code
        assert (status == 200) is (LEVELS[kind]["clerk"] == "F"), kind


def leak(_request: HttpRequest) -> HttpResponse:
    """A page that forgot to ask who is reading."""
    return HttpResponse("".join(f"{one.number} {one.summary}" for one in Petition.objects.all()))


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The leak among the routes of the county; its name."""
    monkeypatch.setattr(urls_county, "urlpatterns", [*urls_county.urlpatterns, path("leak/", leak, name="leak")])
    clear_url_caches()
    yield "leak"
    monkeypatch.undo()
    clear_url_caches()


def test_one_page_that_forgets_to_ask_turns_the_matrix_red(planted: str, story: Any, reader: Any) -> None:
    told = faults(seen(pages(reader("clerk"), besides=SHOWING | SHOWING_NOTHING), story), "clerk")
    assert f"clerk sees summary of sealed on {planted}" in told
    assert f"clerk sees number of recused on {planted}" in told
    assert f"clerk sees summary of ordinary on {planted}" not in told
