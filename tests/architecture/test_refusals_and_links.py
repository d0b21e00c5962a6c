"""What stands in a list of refusals is raised by somebody, and where a message leads there is a page."""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest
from django.urls import Resolver404, resolve

from huiyin.interfaces import refusals

URLS = "huiyin.project.urls_county"
LISTS = ("UNPROCESSABLE", "NOT_FOUND", "FORBIDDEN", "AUDITED")
CODE = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")
# An address as it is written into a message, with an id where the row's own stands.
SOME_ID = "7"


def raised(modules: Mapping[str, ast.Module]) -> set[str]:
    """Return every code with which a Refusal is made, and every code handed to what makes one."""
    listed = "interfaces/refusals.py"
    return {
        node.value
        for path, module in modules.items()
        if path != listed
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        for node in (*call.args, *(one.value for one in call.keywords))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_code_that_is_listed_is_raised_somewhere(name: str, modules: dict[str, ast.Module]) -> None:
    listed: frozenset[str] = getattr(refusals, name)
    assert listed - raised(modules) == set()


def test_control_a_code_that_nobody_raises_is_seen(modules: dict[str, ast.Module]) -> None:
    assert {"receipt.never_raised"} - raised(modules)
    made = ast.parse('raise Refusal("receipt.backdated", "不得倒签")')
    assert raised({"county/example.py": made}) == {"receipt.backdated"}
    assert raised({"interfaces/refusals.py": made}) == set()


def addresses(modules: Mapping[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """Yield every address that is written out below the interfaces, with an id in place of what is put in."""
    for path, module in modules.items():
        if path.startswith(("interfaces/", "project/")):
            continue
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                hrefs = [one.value for one in node.keywords if one.arg == "href"]
                yield from ((path, text) for href in hrefs for text in written(href))
            elif isinstance(node, ast.FunctionDef) and node.name in {"address_of", "href_of"}:
                results = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
                yield from ((path, text) for result in results for text in written(result))


def written(node: ast.expr) -> Iterator[str]:
    """Yield the addresses that an expression can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/"):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [str(one.value) if isinstance(one, ast.Constant) else SOME_ID for one in node.values]
        if parts and parts[0].startswith("/"):
            yield "".join(parts)
    elif isinstance(node, ast.BoolOp | ast.IfExp):
        inner = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        for one in inner:
            yield from written(one)


def test_every_address_of_a_message_is_a_page(modules: dict[str, ast.Module]) -> None:
    found = sorted(set(addresses(modules)))
    assert len(found) >= 8
    for _, address in found:
        assert resolve(address.partition("?")[0].partition("#")[0], urlconf=URLS)


def test_control_an_address_that_leads_nowhere_is_seen() -> None:
    planted = ast.parse('notify(href=f"/petitons/{petition.pk}/")\ntell(href=href or f"/assignments/{given.pk}/")')
    texts = [text for _, text in addresses({"county/example.py": planted})]
    assert texts == ["/petitons/7/", "/assignments/7/"]
    assert resolve(texts[1], urlconf=URLS)
    with pytest.raises(Resolver404):
        resolve(texts[0], urlconf=URLS)
