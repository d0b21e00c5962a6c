"""Components hold to their contract, and templates and styles to the browsers and the policy they run under."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import TemplateSyntaxError, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from pydantic import ValidationError

from huiyin.interfaces.components.contract import Component, ComponentError, option_names
from huiyin.interfaces.components.forms import ChoiceChips
from huiyin.interfaces.components.frame import Office, Portal
from huiyin.interfaces.components.links import Nav, NavGroup, NavItem
from huiyin.interfaces.components.numbers import ChartWithTable, PromiseCard, Series, Stat
from huiyin.interfaces.components.petitions import DueBadge, PersonLine
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.pages import component_examples, components, errors
from huiyin.kernel.refusal import Refusal

PACKAGE = Path(__file__).parents[2] / "src" / "huiyin"
TEMPLATES = PACKAGE / "interfaces" / "templates"
SOURCES = PACKAGE / "interfaces" / "assets" / "src"
ALL_TEMPLATES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
STYLES = sorted(SOURCES.glob("*.css"))
DJANGO_ASKS_FOR = {"400.html", "403.html", "403_csrf.html", "404.html", "409.html", "422.html", "500.html", "503.html"}
WITHOUT_CONTEXT = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html")

OFFICE = Office(
    name="青岚县人大常委会",
    unit="信访办公室",
    home_href="/",
    nav=Nav(groups=(NavGroup(items=(NavItem(label="今日", href="/", icon="today", active=True),)),)),
    person="马会计",
    role="信访专干",
    sign_out_href="/sign-out",
    search_href="/petitions",
    new_href="/receipts/new",
)


def drawn(markup: str, **values: object) -> str:
    """Render a piece of template within a request."""
    template = engines["django"].from_string("{% load components %}" + markup)
    return template.render(values, RequestFactory().get("/"))


@pytest.mark.parametrize("name", sorted(Component.registry))
def test_every_component_has_an_example_that_can_be_drawn(name: str) -> None:
    shown = component_examples.examples()[name]
    assert shown
    for example in shown:
        assert drawn("{% c example %}", example=example).strip()


@pytest.mark.parametrize("name", sorted(Component.registry))
def test_a_components_file_begins_with_the_list_of_its_options(name: str) -> None:
    text = (TEMPLATES / "components" / f"{name}.html").read_text(encoding="utf-8")
    head = text.partition("{% endcomment %}")[0]
    assert head.startswith(f"{{% comment %}}{name}: ")
    assert [option for option in option_names(name) if not re.search(rf"\b{option}\b", head)] == []


@pytest.mark.parametrize("name", sorted(Component.registry))
def test_the_guide_names_every_component_with_its_options(name: str) -> None:
    guide = (PACKAGE / "interfaces" / "templatetags" / "components.py").read_text(encoding="utf-8").split('"""')[1]
    entry = re.search(rf"\b{name}\(([^)]*)\)", guide)
    assert entry is not None
    assert [option for option in option_names(name) if not re.search(rf"\b{option}\b", entry[1])] == []


def test_every_file_of_a_component_is_a_component() -> None:
    files = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert files == set(Component.registry)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ('{% c "stat" label="件" valeu=3 %}', "no option valeu"),
        ('{% c "stat" value=3 %}', "label"),
        ('{% c "stat" label="件" %}', "give either value"),
        ('{% c "stat" label="件" value=3 part=1 whole=2 %}', "give either value"),
        ('{% c "stat" label="件" part=3 whole=2 %}', "greater than its whole|greater than the whole"),
        ('{% c "stat" label="件" value="3" %}', "integer"),
        ('{% c "stat" label="件" value=3 tone="red" %}', "tone"),
        ('{% c "button" label="去" href="javascript:alert(1)" %}', "href"),
        ('{% c "button" label="" href="/" %}', "label"),
        ('{% c "icon" name="unicorn" %}', "name"),
        ('{% c "statt" label="件" value=3 %}', "no component 'statt'"),
        ("{% c missing %}", "is no component"),
        ("{% c badge tone='good' %}", "no further options"),
        ('{% cb "stat" label="件" value=3 %}x{% endcb %}', "takes no body"),
    ],
)
def test_a_misuse_raises(markup: str, reason: str) -> None:
    badge = component_examples.examples()["state_badge"][0]
    with pytest.raises(ComponentError, match=reason):
        drawn(markup, badge=badge)


@pytest.mark.parametrize("markup", ["{% c %}", '{% c "stat" "label" %}', '{% cb "panel" title="一" %}'])
def test_a_tag_that_cannot_be_read_is_a_syntax_error(markup: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn(markup)


def test_a_row_has_one_cell_per_column() -> None:
    with pytest.raises(ValidationError, match="one cell per column"):
        DataTable(caption="清单", columns=(Column(label="编号"),), rows=(Row(cells=(Cell(text="1"), Cell(text="2"))),))


def test_a_series_has_one_value_per_category() -> None:
    with pytest.raises(ValidationError, match="one value per category"):
        ChartWithTable(
            id="x", title="图", kind="bar", categories=("1月",), series=(Series(name="来信", values=(1, 2)),)
        )


def test_choices_in_sight_need_choices() -> None:
    class Plain(forms.Form):
        name = forms.CharField()

    with pytest.raises(ValidationError, match="RadioSelect"):
        ChoiceChips(field=Plain()["name"])


@pytest.mark.parametrize(("phone", "identity"), [("13800000021", ""), ("", "622900197001010017")])
def test_a_person_in_full_is_refused_unless_it_was_asked_for(phone: str, identity: str) -> None:
    with pytest.raises(ValidationError, match="masked"):
        PersonLine(name="马大山", phone=phone, identity=identity)
    assert PersonLine(name="马大山", phone=phone, identity=identity, unmasked=True).unmasked


@pytest.mark.parametrize(
    ("due_on", "done_on", "words", "tone"),
    [
        (date(2026, 3, 20), None, "还有4天", "plain"),
        (date(2026, 3, 19), None, "还有3天", "warn"),
        (date(2026, 3, 16), None, "今天到期", "warn"),  # the last day is in time
        (date(2026, 3, 15), None, "已逾期1天", "bad"),
        (date(2026, 3, 10), date(2026, 3, 10), "按期完成", "good"),
        (date(2026, 3, 10), date(2026, 3, 12), "逾期2天完成", "bad"),
    ],
)
def test_a_due_date_says_in_words_what_its_colour_says(
    due_on: date, done_on: date | None, words: str, tone: str
) -> None:
    badge = DueBadge(due_on=due_on, today=date(2026, 3, 16), done_on=done_on)
    assert (badge.words, badge.tone) == (words, tone)


@pytest.mark.parametrize(
    ("part", "whole", "percent", "tone"),
    [
        (141, 141, "100.00%", "good"),
        (137, 141, "97.16%", "bad"),
        (0, 0, "—", "plain"),
        (99999, 100000, "99.99%", "bad"),
    ],
)
def test_a_promise_is_green_only_when_kept_for_all(part: int, whole: int, percent: str, tone: str) -> None:
    card = PromiseCard(code="M1", title="件件登记", part=part, whole=whole, missing_href="/missing")
    text = drawn("{% c card %}", card=card)
    assert (card.percent, card.tone) == (percent, tone)
    assert f"{part} / {whole} 件" in text
    assert ("/missing" in text) is (part < whole)


def test_a_warning_is_quiet_when_there_is_nothing_to_warn_of() -> None:
    assert Stat(label="已逾期", value=0, tone="bad").raised_tone == "plain"
    assert Stat(label="已逾期", value=1, tone="bad").raised_tone == "bad"


def test_values_are_escaped() -> None:
    text = drawn('{% c "alert" words=words %}', words="<script>x</script>")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_button_that_posts_carries_both_tokens_and_each_form_its_own() -> None:
    text = drawn('{% c "button_form" label="办结" action="/x" %}{% c "button_form" label="退回" action="/y" %}')
    tokens = re.findall(r'name="form_token" value="([^"]+)"', text)
    assert len(tokens) == len(set(tokens)) == 2
    assert text.count('name="csrfmiddlewaretoken"') == 2


def test_a_form_posts_only_within_a_request() -> None:
    template = engines["django"].from_string('{% load components %}{% c "button_form" label="办结" action="/x" %}')
    with pytest.raises(ComponentError, match="request"):
        template.render({})


def test_a_field_is_tied_to_its_label_its_help_and_its_errors() -> None:
    form = component_examples.filled(channel="letter")
    text = drawn("{% c 'field' field=field %}", field=form["summary"])
    assert 'for="id_1_summary"' in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_1_summary_helptext id_1_summary_error"' in text
    assert 'id="id_1_summary_helptext"' in text
    assert 'id="id_1_summary_error"' in text


def test_a_form_drawn_by_django_looks_like_the_components() -> None:
    text = drawn("{{ form }}{{ form.unit.as_field_group }}", form=component_examples.filled(channel="letter"))
    assert text.count('class="hy-field ') == 5
    assert text.count('class="hy-choices') == 1


def test_a_refused_form_names_each_fault_and_leads_to_it() -> None:
    form = component_examples.filled(summary="水费", unit="water")
    text = drawn('{% c "form" form=form action="/x" submit="登记" %}', form=form)
    assert '<a href="#id_2_channel_0">信访形式</a>' in text
    assert '<a href="#id_2_received_on">收件日期</a>' in text


def test_the_page_of_components_shows_all_of_them() -> None:
    request = RequestFactory().get("/components")
    text = render_to_string("components.html", {"screen": components.screen(), "office": OFFICE}, request)
    assert all(f">{name}</h2>" in text for name in Component.registry)
    assert text.count("<h1") == 1 + len(component_examples.examples()["page_header"])
    assert 'href="#main"' in text


def test_the_petitioners_page_needs_no_account() -> None:
    portal = Portal(name="青岚县人大常委会", home_href="/", phone="0900-555-0101", address="一楼接待室", hours="每周三")
    text = render_to_string("base_portal.html", {"portal": portal}, RequestFactory().get("/"))
    assert "0900-555-0101" in text
    assert "退出" not in text


@pytest.mark.parametrize("name", WITHOUT_CONTEXT)
def test_an_error_page_is_drawn_without_anything(name: str) -> None:
    assert "<h1" in render_to_string(name)


@pytest.mark.parametrize("status", [409, 422])
def test_a_refusal_is_shown_in_its_own_words(status: int) -> None:
    refusal = Refusal("assignment.bad_move", "已反馈的交办件不能转为已交办")
    answer = errors.refused(
        RequestFactory().get("/x", headers={"referer": "http://elsewhere.test/"}), refusal, status=status
    )
    text = answer.content.decode()
    assert answer.status_code == status
    assert refusal.words in text
    assert "elsewhere.test" not in text


def test_a_time_line_shows_the_offices_own_time() -> None:
    entry = component_examples.examples()["timeline"][0]
    assert datetime(2026, 3, 5, 6, 20, tzinfo=UTC).isoformat() in (text := drawn("{% c line %}", line=entry))
    assert "2026-03-05 14:20" in text


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_no_template_has_an_inline_style_or_handler_or_script(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r"<[^>]*\s(style|on[a-z]+)\s*=", text) == []
    assert re.findall(r"<style|javascript:|hx-on|hx-vars|js:", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == []
    assert "|safe" not in text


def test_no_template_is_unused() -> None:
    templates = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in ALL_TEMPLATES}
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    unused = [
        name
        for name in ALL_TEMPLATES
        if not name.startswith("components/")
        and name not in DJANGO_ASKS_FOR
        and f'"{name}"' not in code
        and not any(f'"{name}"' in text for other, text in templates.items() if other != name)
    ]
    assert set(unused) <= {"base_portal.html", "base_province.html"}


NEWER = re.compile(
    r":has\(|:is\(|:where\(|@container|@layer|@property|aspect-ratio|color-mix\(|\binset\s*:|overflow:\s*clip"
    r"|(?:margin|padding|border|inset)-(?:inline|block)|\d(?:dvh|svh|lvh|cqw)\b|content-visibility|text-wrap"
    r"|:not\([^()]*,|(?<!grid-)\b(?:row-|column-)?gap\s*:|(?<!:not\():focus-visible|&\s*[:.\[{]"
)


def newer_than_chromium_80(style: str) -> list[str]:
    """Return what a style uses that Chromium 80 lacks; gap is refused in grids too, where grid-gap does the same."""
    return NEWER.findall(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", style, flags=re.DOTALL))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_our_styles_use_nothing_that_chromium_80_lacks(path: Path) -> None:
    assert newer_than_chromium_80(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("a:has(b) { color: red }", 1),
        ("a { display: flex; gap: 1rem }", 1),
        ("a { display: flex; column-gap: 1rem }", 1),
        ("a { display: grid; grid-gap: 1rem }", 0),
        ("a { inset: 0 }", 1),
        ("a { box-shadow: inset 1px 0 red }", 0),
        ("a { margin-inline: 1rem }", 1),
        ("a { aspect-ratio: 1 }", 1),
        ("a:focus-visible { outline: 0 }", 1),
        ("a:focus:not(:focus-visible) { outline: 0 }", 0),
        ("a:not(b, c) { color: red }", 1),
        ("a { &:hover { color: red } }", 1),
        ("/* a:has(b) */ a { min-height: 100vh }", 0),
    ],
)
def test_what_chromium_80_lacks_is_recognised(style: str, found: int) -> None:
    assert len(newer_than_chromium_80(style)) == found


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.js")), ids=lambda path: path.name)
def test_our_scripts_evaluate_nothing_and_write_no_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    banned = r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|\?\.|\?\?|replaceAll|\.at\("
    assert re.findall(banned, text) == []


def test_the_lock_names_no_registry() -> None:
    lock = (SOURCES.parent / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in re.sub(r'"url": "https://[^"]*"', "", lock)
